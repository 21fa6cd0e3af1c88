"""A form counts when a person filled it, once, and its fields are read or refused by name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.public_reports.made_up import LEAK, Town
from shuiheng.services.errors import ServiceError
from shuiheng.services.public_reports import report_form
from shuiheng.services.public_reports.report_form import (
    CODE_LENGTH,
    CODE_SIGNS,
    check_form,
    code_digest,
    code_of,
    form_digest,
    new_form,
    read_form,
    typed_code,
    words_digest,
)

pytestmark = pytest.mark.django_db


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any function
    return refused.value.code + refused.value.values.get("field", "")


def test_a_filled_trap_a_foreign_mark_and_haste_are_refused(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = new_form(town.place)
    check_form(town.place, mark, trap="")
    assert _code(check_form, town.place, mark, trap="http://x") == "public_reports.not_a_person"
    assert _code(check_form, town.place, mark + "x", trap="") == "public_reports.form_old"
    assert _code(check_form, town.district, mark, trap="") == "public_reports.form_old"
    monkeypatch.setattr(report_form, "time", lambda: 1000.0)
    assert _code(check_form, town.place, new_form(town.place), trap="") == "public_reports.too_fast"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "murder"}, "kind"),
        ({"words": "漏 水！"}, "words"),
        ({"words": "水" * 1001}, "words"),
        ({"spot": " 。"}, "spot"),
        ({"phone": "请别打"}, "phone"),
        ({"district": "999"}, "district"),
        ({"latitude": "31.2"}, "longitude"),
        ({"latitude": "nan", "longitude": "1"}, "latitude"),
        ({"latitude": "91", "longitude": "1"}, "latitude"),
    ],
)
def test_a_field_that_cannot_be_so_is_named(town: Town, changed: dict[str, str], field: str) -> None:
    assert _code(read_form, town.place, replace(LEAK, **changed)) == f"public_reports.field{field}"


def test_what_is_typed_in_wide_signs_is_read(town: Town) -> None:
    typed = replace(
        LEAK,
        latitude="３１．２３",
        longitude="121.47",
        district=str(town.district.pk),
        phone="１３９００００",
    )
    read = read_form(town.place, typed)
    assert (read.latitude, read.district, read.phone) == (Decimal("31.230000"), town.district, "1390000")


def test_the_same_words_with_other_marks_are_the_same() -> None:
    assert words_digest("消火栓 漏水！") == words_digest("消火栓，漏水。")
    assert words_digest("消火栓漏水") != words_digest("消火栓不漏水")
    assert form_digest("m", LEAK) != form_digest("m", replace(LEAK, words="别的"))


@given(st.text())
def test_the_code_of_a_form_is_always_the_same_and_easy_to_read_out(text: str) -> None:
    code = code_of(text)
    assert code == code_of(text) and len(code) == CODE_LENGTH and set(code) <= set(CODE_SIGNS)
    assert code_digest("1", code) == code_digest("1", f" {code.lower()[:5]} {code[5:]}")
    assert code_digest("1", code) != code_digest("2", code)
    assert typed_code(code) == code
