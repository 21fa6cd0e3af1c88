"""The form of a month says what is known and takes what companies call its columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.readings.meter_company import MARCH
from services.readings.month_errors import COMPANY, known_meter
from shuiheng.adapters.rulebook.workbook_columns import workbook_columns
from shuiheng.adapters.workbooks.template_checks import check_template
from shuiheng.services.readings.month_form import (
    ESTIMATED,
    READ,
    UNREAD,
    batch_mark,
    form_of,
    in_litres,
    in_m3,
    issued_rows,
    last_day_for,
    mark_of,
    own_form,
    stamp_rules,
)


def test_a_form_lists_the_meters_that_measure_with_their_last_registers() -> None:
    meters = [known_meter(1), replace(known_meter(2), is_active=False), replace(known_meter(3), last=None)]
    rows = issued_rows(meters)
    assert [row["number"] for row in rows] == ["B-0001", "B-0003"]
    assert (rows[0]["last_on"], rows[0]["last_m3"], rows[0]["digits"]) == (
        date(2026, 2, 28),
        Decimal(2007),
        5,
    )
    assert (rows[1]["last_on"], rows[1]["last_m3"]) == (None, None)  # unknown is not zero


def test_forms_are_whole_and_own_sheets_are_found_by_every_heading() -> None:
    check_template(form_of(MARCH))
    own = own_form()
    check_template(own)
    words = workbook_columns().words
    assert all(column.also == words[column.key] and not column.is_locked for column in own.columns)


def test_ways_of_reading_have_one_word() -> None:
    assert [mark_of(word) for word in ("抄见", "估收", "门闭", None)] == [READ, ESTIMATED, UNREAD, READ]


def test_a_month_reaches_some_days_into_the_next() -> None:
    assert last_day_for(date(2026, 12, 1)) == date(2027, 1, 10)
    assert batch_mark(MARCH, COMPANY) == "K7M202603"
    assert not stamp_rules(MARCH, COMPANY).is_needed


def test_litres_and_cubic_metres_are_exact() -> None:
    assert (in_litres(Decimal("12.345")), in_litres(None)) == (12_345, None)
    assert (in_m3(12_345), str(in_m3(12_000)), str(in_m3(100_000_000))) == (Decimal("12.345"), "12", "100000")
