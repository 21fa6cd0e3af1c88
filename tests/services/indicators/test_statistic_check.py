"""What a workbook tells is held against what stands: new, changed or the same, and far from last year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import CollectedUnder, Statistic, StatisticState
from shuiheng.adapters.workbooks import RawTable, WorkbookForm
from shuiheng.adapters.workbooks.table import RawSheet
from shuiheng.services.indicators.statistic_check import StatisticCheck, check_statistics

HEADS = ("地区", "数据项", "年份", "数值", "单位", "来源")
LINE = ("青禾市", "用水总量", 2024.0, 37000.0, "万m³", "年鉴")


def _standing(value: str, **changed: object) -> Statistic:
    given: dict[str, object] = {
        "pk": 7,
        "place_id": 1,
        "fact": "use_total",
        "year": 2024,
        "value": Decimal(value),
        "source": "年鉴",
        "estimated_share": Decimal(0),
        "collected_under": CollectedUnder.ADMINISTRATION,
        "state": StatisticState.CONFIRMED,
    }
    return Statistic(**(given | changed))


def _check(*lines: tuple[object, ...], standing: tuple[Statistic, ...] = ()) -> StatisticCheck:
    sheet = RawSheet(name="统计数据", is_visible=True, rows=(HEADS, *lines))  # type: ignore[arg-type]  # plain cells
    table = RawTable(name="a.xlsx", form=WorkbookForm.XLSX, content_key="a", sheets=(sheet,))
    return check_statistics(table, {"青禾市": 1}, standing)


@pytest.mark.parametrize(
    ("standing", "sort"),
    [
        ((), "new"),
        ((_standing("36000"),), "changed"),
        ((_standing("37000"),), "same"),
        ((_standing("37000", source="公报"),), "changed"),
        ((_standing("37000"), _standing("36000", pk=8, state=StatisticState.ENTERED)), "changed"),
    ],
)
def test_a_row_is_new_changed_or_the_same(standing: tuple[Statistic, ...], sort: str) -> None:
    found = _check(LINE, standing=standing)
    assert [each.sort for each in found.told] == [sort] and found.errors == 0


def test_a_sheet_without_stamp_and_in_another_unit_is_read() -> None:
    (told,) = _check(("青禾市", "用水总量", 2024.0, 3.7, "亿立方米", "年鉴")).told
    assert told.fields.value == Decimal(37000) and told.written == "3.7 亿立方米"


@pytest.mark.parametrize(
    ("last", "is_told"), [("3700", True), ("3701", False), ("370000", True), ("369999", False)]
)
def test_ten_times_apart_from_last_year_is_told(last: str, is_told: bool) -> None:
    found = _check(LINE, standing=(_standing(last, year=2023),))
    assert ("statistics.leap" in [each.code for each in found.table.findings]) is is_told
    assert found.errors == 0


def test_a_row_without_a_value_tells_nothing_and_zero_tells_zero() -> None:
    nothing = ("青禾市", "用水总量", 2024.0, None, "", "")
    found = _check(nothing, ("青禾市", "用水总量", 2023.0, 0.0, "", "年鉴"))
    assert [each.fields.value for each in found.told] == [Decimal(0)]


def test_first_months_are_told_beside_the_year_and_held_against_the_same_months() -> None:
    heads = (*HEADS, "截至月份")
    rows = ((*LINE, None), (*LINE[:3], 27000.0, *LINE[4:], 9.0), (*LINE[:3], 14000.0, *LINE[4:], 6.0))
    sheet = RawSheet(name="统计数据", is_visible=True, rows=(heads, *rows))
    table = RawTable(name="a.xlsx", form=WorkbookForm.XLSX, content_key="a", sheets=(sheet,))
    standing = (_standing("27000", through_month=9), _standing("1000", year=2023, through_month=6))
    found = check_statistics(table, {"青禾市": 1}, standing)
    assert [(each.fields.through, each.sort) for each in found.told] == [(12, "new"), (9, "same"), (6, "new")]
    assert [each.code for each in found.table.findings if "leap" in each.code] == ["statistics.leap"]


@pytest.mark.parametrize(
    ("first", "year", "standing", "is_told"),
    [
        (99999.0, 37000.0, (), True),
        (27000.0, 37000.0, (), False),
        (37000.0, 37000.0, (), False),
        (None, 37000.0, (_standing("37001", through_month=9),), True),
        (37001.0, None, (_standing("37000"),), True),
        (27000.0, None, (_standing("27001", through_month=6),), True),
    ],
)
def test_a_running_total_that_falls_is_told_once(
    first: float | None, year: float | None, standing: tuple[Statistic, ...], *, is_told: bool
) -> None:
    rows = ((*LINE[:3], first, *LINE[4:], 9.0), (*LINE[:3], year, *LINE[4:], None))
    sheet = RawSheet(name="统计数据", is_visible=True, rows=((*HEADS, "截至月份"), *rows))
    table = RawTable(name="a.xlsx", form=WorkbookForm.XLSX, content_key="a", sheets=(sheet,))
    found = check_statistics(table, {"青禾市": 1}, standing)
    codes = [each.code for each in found.table.findings if each.code.startswith("statistics.")]
    assert codes == (["statistics.falls"] if is_told else []) and found.errors == 0


@pytest.mark.parametrize(("fact", "month"), [("用水总量", 13.0), ("地区生产总值指数（可比价）", 6.0)])
def test_a_month_of_which_nothing_can_be_told_bars_the_row(fact: str, month: float) -> None:
    heads = (*HEADS, "截至月份")
    row = ("青禾市", fact, 2024.0, 103.0, "", "年鉴", month)
    sheet = RawSheet(name="统计数据", is_visible=True, rows=(heads, row))
    table = RawTable(name="a.xlsx", form=WorkbookForm.XLSX, content_key="a", sheets=(sheet,))
    found = check_statistics(table, {"青禾市": 1}, ())
    assert found.errors and not found.told


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("３７，０００", "37000"),
        ("37,000.5", "37000.5"),
        (" 37 000 ", "37000"),
        (37000.0, "37000"),
        ("3.7E4", None),
        ("37万", None),
        ("约37000", None),
        ("37000-38000", None),
        ("#REF!", None),
        ("=A1+1", None),
        ("NaN", None),
        ("1e999", None),
        ("-1", None),
        (True, None),
    ],
)
def test_what_is_plainly_a_number_is_read_and_all_else_bars_the_row(
    written: object, read: str | None
) -> None:
    found = _check((*LINE[:3], written, *LINE[4:]))
    told = [each.fields.value for each in found.told]
    assert told == ([] if read is None else [Decimal(read)])
    assert found.errors == (read is None)


def test_a_place_that_was_merged_over_rows_stands_in_its_first_only() -> None:
    found = _check(LINE, (None, "用水总量", 2023.0, 36000.0, "万m³", "年鉴"))
    assert len(found.told) == 1 and found.errors == 1


def test_a_sheet_of_ones_own_with_the_columns_that_are_needed_is_read_and_told_what_it_lacks() -> None:
    line = (*LINE[:3], 37000.0)
    sheet = RawSheet(name="Sheet1", is_visible=True, rows=(HEADS[:4], line))
    table = RawTable(name="a.xlsx", form=WorkbookForm.XLSX, content_key="a", sheets=(sheet,))
    found = check_statistics(table, {"青禾市": 1}, ())
    assert [each.code for each in found.table.errors] == ["statistics.source_missing"]
    with_source = RawSheet(name="Sheet1", is_visible=True, rows=((*HEADS[:4], "来源"), (*line, "年鉴")))
    found = check_statistics(replace(table, sheets=(with_source,)), {"青禾市": 1}, ())
    assert [each.fields.value for each in found.told] == [Decimal(37000)] and not found.errors
