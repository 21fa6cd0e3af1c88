"""Headers of several vendors."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.telemetry.csv_header import CsvWords, Header, HeaderFault, find_header
from shuiheng.adapters.telemetry.csv_rows import CsvRow

WORDS: CsvWords = csv_columns()


def _find(*rows: str, has_meter: bool = False) -> tuple[int, Header] | HeaderFault:
    split = [CsvRow(at, row.split(",")) for at, row in enumerate(rows, 1)]
    return find_header(split, words=WORDS, has_meter=has_meter)


@pytest.mark.parametrize(
    ("header", "places", "litres"),
    [
        ("表号,采集时间,读数(m³)", {"meter_number": 0, "read_at": 1, "register": 2}, 1000),
        ("水表编号,抄表时间,表底数（吨）", {"meter_number": 0, "read_at": 1, "register": 2}, 1000),
        ("Meter_No,Timestamp,Reading/L", {"meter_number": 0, "read_at": 1, "register": 2}, 1),
        (
            "序号,表具编号,日期,时间,累计流量[万吨]",
            {"meter_number": 1, "read_on": 2, "read_at": 3, "register": 4},
            10**7,
        ),
        (
            "设备编号,表号,冻结时间,正向累计流量(单位:m3)",
            {"meter_number": 1, "read_at": 2, "register": 3},
            1000,
        ),
        ("设备编号,上报时间,累积流量(m3)", {"meter_number": 0, "read_at": 1, "register": 2}, 1000),
        ("采集时间,上报时间,表号,读数(方)", {"meter_number": 2, "read_at": 0, "register": 3}, 1000),
    ],
)
def test_columns_and_units_are_found_in_headers_of_vendors(
    header: str, places: dict[str, int], litres: int
) -> None:
    found = _find(header)
    assert not isinstance(found, HeaderFault)
    assert dict(found[1].places) == places
    assert found[1].litres == litres


def test_lines_before_the_header_are_passed_and_may_state_the_unit() -> None:
    found = _find("某水司小时数据,,", "单位：立方米,,", "表号,采集时间,读数", "01,2026-05-01 01:00,5")
    assert not isinstance(found, HeaderFault)
    assert found[0] == 2 and found[1].litres == Decimal(1000)


def test_a_header_over_two_rows_is_joined() -> None:
    found = _find("表号,采集时间,累计流量,,瞬时", ",,(m3),备用,流量(m3/h)")
    assert not isinstance(found, HeaderFault)
    assert found[1].row_count == 2
    assert (found[1].places["register"], found[1].places["flow"]) == (2, 4)
    assert (found[1].litres, found[1].flow) == (1000, 1000)


def test_a_reverse_register_is_never_taken_for_the_register() -> None:
    assert _find("表号,采集时间,反向累计流量(m3)") == HeaderFault("csv_no_header")


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("表号,采集时间,读数(m3),表底数(m3)", HeaderFault("csv_two_columns", "读数(m3)、表底数(m3)")),
        ("表号,采集时间,读数(加仑)", HeaderFault("csv_unknown_unit", "读数(加仑)")),
        ("表号,读数(m3)", HeaderFault("csv_no_header")),
        ("采集时间,读数(m3)", HeaderFault("csv_no_header")),
    ],
)
def test_a_header_that_does_not_say_enough_is_named(header: str, fault: HeaderFault) -> None:
    assert _find(header) == fault


def test_a_file_of_one_meter_needs_no_column_for_it() -> None:
    assert not isinstance(_find("采集时间,读数(m3)", has_meter=True), HeaderFault)


def test_columns_that_are_not_needed_never_cost_the_file() -> None:
    found = _find("表号,采集时间,读数(m3),流量(m3),状态,阀门状态,报警,电池电压,电量")
    assert not isinstance(found, HeaderFault)
    assert found[1].passed_over == ("电量", "阀门状态", "报警", "流量(m3)")
    assert dict(found[1].places) == {
        "meter_number": 0,
        "read_at": 1,
        "register": 2,
        "battery": 7,
        "status": 4,
    }
