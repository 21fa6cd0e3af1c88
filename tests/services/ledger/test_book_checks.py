"""Rows of the ledger's workbook are held against the ledger and against each other."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Organisation, Place, WaterUser
from shuiheng.adapters.workbooks import CheckedRow, CheckedTable, RawTable, Template, Value, WorkbookForm
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_checks import judged
from shuiheng.services.ledger.book_ledger import Ledger, user_key

DAY = date(2026, 1, 1)
CITY = Place(pk=1, name="青禾市")
USER: dict[str, Value] = {
    "number": "000009",
    "name": "青禾布厂",
    "no_code_reason": "演示",
    "district": "青禾市",
    "is_open": "是",
    "valid_from": DAY,
}


def _ledger() -> Ledger:
    ledger = Ledger(city=CITY)
    ledger.places["青禾市"] = CITY
    ledger.units["青禾水司"] = [Organisation(pk=5, name="青禾水司")]
    return ledger


def _codes(form: Template, *rows: dict[str, Value], ledger: Ledger | None = None) -> list[str]:
    table = RawTable(name="a.xlsx", form=WorkbookForm.XLSX, content_key="", sheets=())
    checked = CheckedTable(
        table=table,
        template=form.id,
        stamp=None,
        positions=tuple((column.key, at) for at, column in enumerate(form.columns)),
        rows=tuple(CheckedRow(number=at, values=row, key="", digest="") for at, row in enumerate(rows, 1)),
    )
    found, effects = judged(checked, form, ledger or _ledger())
    codes = [each.code.removeprefix("ledger_book.") for each in found.findings]
    assert len(effects) == sum(not row.has_errors for row in found.rows)
    return codes or [each.sort for each in effects]


def test_a_user_of_whom_nothing_is_known_is_new() -> None:
    assert _codes(forms.USERS, USER) == ["new"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"district": "临江市"}, "place_unknown"),
        ({"no_code_reason": None}, "code_or_reason"),
        ({"legal_person": "王*"}, "masked_value"),
    ],
)
def test_a_user_that_cannot_be_so_is_refused(cells: dict[str, Value], code: str) -> None:
    assert _codes(forms.USERS, USER | cells) == [code]


def test_two_users_of_one_name_or_one_code_are_not_told_apart() -> None:
    assert _codes(forms.USERS, USER, USER | {"number": "000010"}) == ["name_taken"]
    coded = USER | {"credit_code": "91990000100000000X"}
    twin = coded | {"number": "000010", "name": "另一厂"}
    assert _codes(forms.USERS, coded, twin) == ["code_of_other"]


def test_a_number_that_is_anothers_or_was_merged_is_refused() -> None:
    ledger = _ledger()
    ledger.others[forms.USERS.id].add(user_key("000009"))
    assert _codes(forms.USERS, USER, ledger=ledger) == ["not_yours"]
    ledger = _ledger()
    ledger.subjects[forms.USERS.id][user_key("000009")] = WaterUser(pk=3, merged_into_id=4, organisation_id=8)
    assert _codes(forms.USERS, USER, ledger=ledger) == ["user_merged"]


def test_what_belongs_to_a_user_names_one_that_is_there_or_comes_along() -> None:
    site: dict[str, Value] = {"user": "000009", "number": "1", "name": "厂区", "valid_from": DAY}
    assert _codes(forms.SITES, site) == ["user_unknown"]
    ledger = _ledger()
    assert _codes(forms.USERS, USER, ledger=ledger) == ["new"]
    assert _codes(forms.SITES, site, ledger=ledger) == ["new"]
    assert _codes(forms.SITES, site | {"longitude": 120}, ledger=ledger) == ["half_position"]
    source: dict[str, Value] = {
        "user": "000009",
        "number": "1",
        "source_kind": "公共供水",
        "water_kind": "自来水",
        "site": "1",
        "supplier": "青禾水司",
        "is_active": "是",
        "valid_from": DAY,
    }
    assert _codes(forms.SOURCES, source, ledger=ledger) == ["new"]
    assert _codes(forms.SOURCES, source | {"supplier": None}, ledger=ledger) == ["supplier_needed"]
    assert _codes(forms.SOURCES, source | {"supplier": "无名水司"}, ledger=ledger) == ["unit_unknown"]
    assert _codes(forms.SOURCES, source | {"site": "2"}, ledger=ledger) == ["site_unknown"]
    ledger.units["青禾水司"].append(Organisation(pk=6, name="青禾水司"))
    assert _codes(forms.SOURCES, source, ledger=ledger) == ["unit_ambiguous"]


def test_a_meter_does_not_stand_above_itself() -> None:
    meter: dict[str, Value] = {
        "keeper": "青禾水司",
        "number": "M-1",
        "parent": "M-1",
        "meter_level": "一级（进口）",
        "meter_role": "用水",
        "is_active": "是",
        "valid_from": DAY,
    }
    assert _codes(forms.METERS, meter) == ["parent_unknown"]
    assert _codes(forms.METERS, meter | {"parent": None}) == ["new"]
