"""Months are written as year and month; what was typed is read meter by meter."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuiheng.adapters.records.models import MeterFact
from shuiheng.services.readings.filing_checks import FilingDoubt
from shuiheng.web.pages.filing.form import FormLine, first_day_of, typed_meters, with_typed

DAY = date(2026, 10, 31)
LINES = [FormLine(fact=MeterFact(subject_id=key), is_compared=False) for key in (1, 2, 3)]


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "1999-01", "2026-00", "2026-10-01", "", "２０２６-10"])
def test_what_is_no_month_of_this_century_is_none(text: str) -> None:
    assert first_day_of(text) is None
    assert first_day_of("2026-10") == date(2026, 10, 1)


def test_fields_left_empty_are_left_out_and_a_photo_alone_is_not() -> None:
    posted = {"register-1": " 5 ", "register-2": " ", "remark-1": "换表", "register-9": "7"}
    files = {"photo-3": SimpleUploadedFile("a.png", b"x")}
    found = typed_meters(LINES, posted, files, DAY)
    assert [(each.meter, each.register, each.remark, each.photo) for each in found] == [
        (1, "5", "换表", b""),
        (3, "", "", b"x"),
    ]


def test_what_was_typed_is_shown_again_with_its_doubts() -> None:
    typed = typed_meters(LINES, {"register-1": "5"}, {}, DAY)
    doubt = FilingDoubt(code="filing.number", values={"text": "5"}, is_final=True)
    first, second, _third = with_typed(LINES, typed, {1: [doubt]})
    assert first.register == "5" and first.doubts[0].is_final and "5" in first.doubts[0].sentence.says
    assert second == LINES[1]
