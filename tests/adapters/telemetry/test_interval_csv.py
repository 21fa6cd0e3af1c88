"""Interval files as streams of readings and findings."""

from __future__ import annotations

import io
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import BinaryIO, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import ROOT
from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.telemetry.interval_csv import CsvRules, DayOnly, read_interval_csv
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.kernel import Finding, Severity

WORDS = csv_columns()
HEAD = "表号,采集时间,读数(m3),瞬时流量(m3/h),电池电压,状态\n"


def _read(
    text: str, *, encoding: str = "utf-8", rules: CsvRules | None = None
) -> list[ReceivedReading | Finding]:
    return list(read_interval_csv(io.BytesIO(text.encode(encoding)), words=WORDS, rules=rules))


def _codes(found: list[ReceivedReading | Finding]) -> list[str]:
    return [each.code.removeprefix("telemetry.") if isinstance(each, Finding) else "ok" for each in found]


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_row_is_a_reading_in_utc_and_litres(encoding: str) -> None:
    found = _read(HEAD + '0012,2026/5/1 1:00,"1,234.567",0.5,3.6V,正常\n', encoding=encoding)
    assert found == [
        ReceivedReading(
            meter_number="0012",
            read_at=_at("2026-05-01T01:00:00+08:00"),
            register_litres=1_234_567,
            flow_l_h=Decimal(500),
            battery="3.6V",
            status="正常",
        )
    ]


@pytest.mark.parametrize(
    ("row", "code", "severity"),
    [
        ("01,2026-05-01 01:00,/,,,", "no_register", Severity.NOTE),
        ("01,2026-05-01 01:00,无,,,", "no_register", Severity.NOTE),
        ("01,2026-05-01 01:00,-,,,", "no_register", Severity.NOTE),
        ("合计,,123,,,", "csv_total_row", Severity.NOTE),
        (",总计,123,,,", "csv_total_row", Severity.NOTE),
        (HEAD.strip(), "csv_header_again", Severity.NOTE),
        ("01,2026-05-01 01:00,12.3456,,,", "finer_than_litre", Severity.DISQUALIFY),
        ("01,2026-05-01 01:00,-5,,,", "negative_register", Severity.DISQUALIFY),
        ("01,2026-05-01 01:00,1.5E+4,,,", "number_scientific", Severity.DISQUALIFY),
        ("01,2026-05-01 01:00,5桶,,,", "unknown_unit", Severity.DISQUALIFY),
        ("01,2026-05-01 01:00,5万吨,,,", "unit_conflict", Severity.DISQUALIFY),
        ("01,2026-05-01 01:00,五,,,", "not_a_number", Severity.DISQUALIFY),
        ("01,2026-05-01,5,,,", "day_without_time", Severity.DISQUALIFY),
        ("01,05/01/2026 1:00,5,,,", "instant_unreadable", Severity.DISQUALIFY),
        ("01,2026-02-29 1:00,5,,,", "instant_impossible", Severity.DISQUALIFY),
        (",2026-05-01 01:00,5,,,", "no_meter", Severity.DISQUALIFY),
        ("3.30E+11,2026-05-01 01:00,5,,,", "meter_number_broken", Severity.DISQUALIFY),
        ("01,2026-05-01 01:00", "csv_row_short", Severity.DISQUALIFY),
        ("01,2026-05-01 01:00,1,234.5,,,,9", "csv_row_long", Severity.DISQUALIFY),
        ('01,2026-05-01 01:00,"5,,,', "csv_quote_open", Severity.DISQUALIFY),
        ("01,2026-05-01 01:00,5\x00,,,", "csv_line_not_text", Severity.DISQUALIFY),
    ],
)
def test_a_bad_row_is_a_finding_with_its_line_and_the_others_go_on(
    row: str, code: str, severity: Severity
) -> None:
    good = "02,2026-05-01 01:00,5,,,\n"
    found = _read(HEAD + good + row + "\n" + good)
    assert _codes(found) == ["ok", code, "ok"]
    finding = found[1]
    assert isinstance(finding, Finding)
    assert finding.severity is severity
    assert dict(finding.values)["line"] == "3"


def test_a_flow_that_cannot_be_read_does_not_cost_the_register() -> None:
    found = _read(HEAD + "01,2026-05-01 01:00,5,大,,\n")
    assert _codes(found) == ["not_a_number", "ok"]
    assert isinstance(found[0], Finding) and found[0].severity is Severity.WARN


@pytest.mark.parametrize(
    ("day_only", "local"),
    [(DayOnly.BEGIN, "2026-05-01T00:00:00+08:00"), (DayOnly.END, "2026-05-02T00:00:00+08:00")],
)
def test_a_day_means_what_was_agreed_on(day_only: DayOnly, local: str) -> None:
    (found,) = _read(HEAD + "01,2026-05-01,5,,,\n", rules=CsvRules(day_only=day_only))
    assert isinstance(found, ReceivedReading) and found.read_at == _at(local)


@pytest.mark.parametrize(
    "row", ["01,2026-05-01,13:30,5", "01,46143,下午1:30,5", "01,2026年5月1日,13时30分,5"]
)
def test_day_and_time_may_stand_in_two_columns(row: str) -> None:
    for head in ("表号,日期,时间,读数(m3)\n", "表号,采集日期,采集时刻,读数(m3)\n"):
        (found,) = _read(head + row + "\n")
        assert isinstance(found, ReceivedReading) and found.read_at == _at("2026-05-01T13:30:00+08:00")


def test_a_unit_that_nobody_states_is_asked_for() -> None:
    text = "表号,采集时间,读数\n01,2026-05-01 01:00,5\n"
    assert _codes(_read(text)) == ["no_unit"]
    (found,) = _read(text, rules=CsvRules(volume_unit="万吨"))
    assert isinstance(found, ReceivedReading) and found.register_litres == 50_000_000


def test_times_that_the_zone_has_never_or_twice_are_refused() -> None:
    rules = CsvRules(zone=ZoneInfo("Europe/Berlin"))
    rows = "01,2026-03-29 02:30,5,,,\n01,2026-10-25 02:30,5,,,\n01,2026-10-25 02:30+01:00,5,,,\n"
    assert _codes(_read(HEAD + rows, rules=rules)) == ["instant_not_once", "instant_not_once", "ok"]


def test_a_file_without_header_gives_one_finding() -> None:
    assert _codes(_read("01,2026-05-01,5\n02,2026-05-01,6\n")) == ["csv_no_header"]
    assert _codes(_read("")) == ["csv_no_header"]


def test_a_column_that_is_passed_over_is_noted_once() -> None:
    row = "01,2026-05-01 01:00,5,7,正常,开\n"
    found = _read("表号,采集时间,读数(m3),流量(m3),状态,阀门状态\n" + row + row)
    assert _codes(found) == ["csv_column_passed_over", "csv_column_passed_over", "ok", "ok"]


def test_a_flow_without_a_unit_is_passed_over_unless_one_was_agreed_on() -> None:
    text = "表号,采集时间,读数(m3),瞬时流量\n01,2026-05-01 01:00,5,7\n"
    assert _codes(_read(text)) == ["csv_column_passed_over", "ok"]
    (found,) = _read(text, rules=CsvRules(flow_unit="L/s"))
    assert isinstance(found, ReceivedReading) and found.flow_l_h == 25_200


def test_a_file_of_one_meter_is_read_by_its_agreed_number() -> None:
    (found,) = _read("采集时间,读数(m3)\n2026-05-01 01:00,5\n", rules=CsvRules(meter_number="77"))
    assert isinstance(found, ReceivedReading) and found.meter_number == "77"


def test_a_file_that_is_shorter_than_its_first_lines_is_read_whole() -> None:
    rows = "".join(f"01,2026-05-{day:02} 01:00,{day},,,\n" for day in range(1, 31))
    assert len(_read(HEAD + rows + rows)) == 60


@given(st.text(max_size=300), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_text_behind_a_header_gives_readings_or_findings(text: str, encoding: str) -> None:
    content = (HEAD + text).encode(encoding, "replace")
    assert all(
        isinstance(each, ReceivedReading | Finding)
        for each in read_interval_csv(io.BytesIO(content), words=WORDS)
    )


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 2_000_000_000)), max_size=20))
def test_registers_and_instants_come_back_exactly(rows: list[tuple[int, int]]) -> None:
    lines = [
        f"7,{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}Z,{Decimal(litres).scaleb(-3):f},,,\n"
        for litres, at in rows
    ]
    found = _read(HEAD + "".join(lines))
    assert [
        (each.register_litres, each.read_at) for each in found if isinstance(each, ReceivedReading)
    ] == rows


class _Endless:
    """A file of many rows that never stands in memory as a whole."""

    def __init__(self, size: int) -> None:
        block = "".join(
            f"33{meter:08},2026-05-{1 + hour // 24:02} {hour % 24:02}:00:00,"
            f"{1000 + hour * 0.127:.3f},0.12,3.6,正常\n"
            for meter in range(20)
            for hour in range(240)
        )
        self._pieces = self._all(block.encode("gbk"), size)
        self._rest = HEAD.encode("gbk")

    @staticmethod
    def _all(block: bytes, size: int) -> Iterator[bytes]:
        for _ in range(size // len(block)):
            yield block

    def read(self, size: int) -> bytes:
        while len(self._rest) < size and (piece := next(self._pieces, b"")):
            self._rest += piece
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def _count(size: int) -> int:
    stream = cast("BinaryIO", _Endless(size))
    return sum(isinstance(each, ReceivedReading) for each in read_interval_csv(stream, words=WORDS))


def _traced(size: int) -> tuple[int, int]:
    tracemalloc.start()
    count = _count(size)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return count, peak


def test_memory_does_not_grow_with_the_file() -> None:
    few, small = _traced(600_000)
    many, large = _traced(2_000_000)
    assert many > 3 * few
    assert large < small + 500_000


CHILD = """
import resource, time
from adapters.telemetry.test_interval_csv import _count
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = _count(100_000_000)
print(count, time.process_time(), before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.nightly
def test_a_file_of_100_mb_is_read_in_bounded_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD], cwd=ROOT / "tests", check=True, capture_output=True, text=True
    )
    count, seconds, before, peak = (float(word) for word in done.stdout.split())
    print(f"interval CSV of 100 MB: {count:,.0f} rows in {seconds:.1f} s, {peak / 1e3:.0f} MB at most")
    assert count > 1_500_000
    assert peak - before < 20_000  # KiB
