"""Cells of interval files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.telemetry.csv_cells import (
    Fault,
    clock_of,
    exact_number,
    in_unit,
    local_instant,
    plain,
    whole_litres,
    word,
)

UNITS = csv_columns().volume_units


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("12", "12", ""),
        ("1,234,567.5", "1234567.5", ""),
        ("-0.5", "-0.5", ""),
        (".5", "0.5", ""),
        ("12.", "12", ""),
        ("12.5吨", "12.5", "吨"),
        ("1,200 m3", "1200", "m3"),
    ],
)
def test_numbers_are_exact_with_their_unit(text: str, number: str, unit: str) -> None:
    assert exact_number(text) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("1.2E+5", "number_scientific"),
        ("12e3", "number_scientific"),
        ("1,23", "not_a_number"),
        ("12,34,567", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("", "not_a_number"),
        ("约12", "not_a_number"),
        ("12 and more words than a unit has", "not_a_number"),
    ],
)
def test_what_is_not_plainly_a_number_is_refused(text: str, cause: str) -> None:
    assert exact_number(text) == Fault(cause)


def test_the_unit_of_a_cell_must_agree_with_its_column() -> None:
    assert in_unit("1.5", UNITS, Decimal(1000)) == 1500
    assert in_unit("1.5吨", UNITS, Decimal(1000)) == 1500
    assert in_unit("1.5万吨", UNITS, None) == 15_000_000
    assert in_unit("1.5万吨", UNITS, Decimal(1000)) == Fault("unit_conflict")
    assert in_unit("1.5桶", UNITS, Decimal(1000)) == Fault("unknown_unit")
    assert in_unit("1.5", UNITS, None) == Fault("no_unit")


@pytest.mark.parametrize(
    ("litres", "found"),
    [
        ("1234", 1234),
        ("123456.00000000002", 123_456),
        ("123455.99999", 123_456),
        ("1234.5", Fault("finer_than_litre")),
        ("0.0002", Fault("finer_than_litre")),
        ("0", 0),
        ("-1", Fault("negative_register")),
        ("9223372036854775807", 2**63 - 1),
        ("9223372036854775808", Fault("register_too_large")),
    ],
)
def test_a_register_is_whole_litres_but_for_dust(litres: str, found: int | Fault) -> None:
    assert whole_litres(Decimal(litres)) == found


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2026-05-01 01:02:03", "2026-05-01T01:02:03"),
        ("2026/5/1 1:02", "2026-05-01T01:02:00"),
        ("2026.05.01T01:02", "2026-05-01T01:02:00"),
        ("2026年5月1日 13时05分", "2026-05-01T13:05:00"),
        ("2026年5月1日13时", "2026-05-01T13:00:00"),
        ("2026/5/1 下午 1:05:06", "2026-05-01T13:05:06"),
        ("2026/5/1 上午 12:05", "2026-05-01T00:05:00"),
        ("2026-05-01 1:05 PM", "2026-05-01T13:05:00"),
        ("2026-05-01 24:00", "2026-05-02T00:00:00"),
        ("20260501013000", "2026-05-01T01:30:00"),
        ("202605010130", "2026-05-01T01:30:00"),
        ("2026050101", "2026-05-01T01:00:00"),
        ("20260501 0130", "2026-05-01T01:30:00"),
        ("2026-05-01 01:02:03.000", "2026-05-01T01:02:03"),
        ("2026-05-01  01:02", "2026-05-01T01:02:00"),
        ("46143.5", "2026-05-01T12:00:00"),
        ("46143.041666666664", "2026-05-01T01:00:00"),
    ],
)
def test_instants_are_read_as_people_and_programs_write_them(text: str, local: str) -> None:
    assert local_instant(text) == (datetime.fromisoformat(local), True)


@pytest.mark.parametrize("text", ["2026-05-01", "2026年5月1日", "20260501", "46143"])
def test_a_day_is_known_to_have_no_time(text: str) -> None:
    assert local_instant(text) == (datetime.fromisoformat("2026-05-01"), False)


def test_an_old_serial_counts_from_1904_when_told() -> None:
    assert local_instant("44681.5", is_1904=True) == local_instant("46143.5")


@pytest.mark.parametrize("text", ["2026-05-01T01:00:00+08:00", "2026-04-30T17:00Z", "2026-05-01 01:00 +0800"])
def test_an_offset_is_kept(text: str) -> None:
    found = local_instant(text)
    assert not isinstance(found, Fault)
    assert found[0] == datetime(2026, 4, 30, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("01/02/2026 03:00", "instant_unreadable"),
        ("2026-02-30 01:00", "instant_impossible"),
        ("2026-13-01", "instant_impossible"),
        ("2026-05-01 24:01", "instant_unreadable"),
        ("2026-05-01 12:60", "instant_unreadable"),
        ("2026-05-01 下午 13:00", "instant_unreadable"),
        ("2026-05-01 01:00+99:99", "instant_unreadable"),
        ("9999-12-31 24:00", "instant_impossible"),
        ("2150-01-01 00:00", "instant_impossible"),
        ("1949-12-31 23:59", "instant_impossible"),
        ("12345.5", "instant_unreadable"),
        ("", "instant_unreadable"),
        ("昨天", "instant_unreadable"),
    ],
)
def test_an_instant_that_could_be_several_or_none_is_refused(text: str, cause: str) -> None:
    assert local_instant(text) == Fault(cause)


@pytest.mark.parametrize(
    ("text", "hours"), [("0", 0), ("24", 24), ("13:30", 13.5), ("1点30分", 1.5), ("下午1:30", 13.5)]
)
def test_a_time_of_day_may_stand_alone(text: str, hours: float) -> None:
    assert clock_of(text) == timedelta(hours=hours)


@given(st.text(max_size=40))
def test_any_text_is_an_instant_or_a_fault(text: str) -> None:
    found = local_instant(plain(text))
    assert isinstance(found, Fault) or isinstance(found[0], datetime)
    assert isinstance(exact_number(plain(text)), Fault | tuple)


@given(st.integers(0, 10**15), st.sampled_from(["m3", "l", "万吨"]))
def test_litres_written_in_any_unit_come_back_exactly(litres: int, unit: str) -> None:
    number = Decimal(litres) / UNITS[unit]
    found = in_unit(f"{number:f}", UNITS, UNITS[unit])
    assert isinstance(found, Decimal) and whole_litres(found) == litres


def test_guards_of_spreadsheets_are_taken_off() -> None:
    assert plain('="00123"') == "00123"
    assert plain("'00123") == "00123"
    assert plain("　１２３ ") == "123"
    assert word("Meter_No ") == "meterno"
