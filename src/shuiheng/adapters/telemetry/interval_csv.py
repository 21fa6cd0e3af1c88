"""Interval files: one row for each meter and instant, read as a stream of readings and findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import chain, islice
from typing import BinaryIO

from shuiheng.adapters.telemetry.csv_cells import (
    Fault,
    clock_of,
    in_unit,
    local_instant,
    plain,
    whole_litres,
    word,
)
from shuiheng.adapters.telemetry.csv_header import CsvWords, Header, HeaderFault, find_header
from shuiheng.adapters.telemetry.csv_rows import CsvRow, csv_rows, separator_of
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.text_lines import text_lines
from shuiheng.adapters.telemetry.zones import CHINA, utc_seconds
from shuiheng.kernel import Finding, Severity

_FIRST_LINES = 40
_LONGEST = 60
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]{1,15})?[eE]\+[0-9]{1,3}\Z")
_DAY_BEGINS = re.compile(r"[0-9]{4,}")  # a time of day has at most two digits before its colon
_SEVERITIES = dict.fromkeys(
    ("csv_total_row", "csv_header_again", "csv_column_passed_over", "no_register"), Severity.NOTE
)


class DayOnly(StrEnum):
    """What a day without a time of day means."""

    REFUSED = "refused"
    BEGIN = "begin"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRules:
    """What the sender of a file agreed on and the file does not say.

    Args:
        zone: Zone of times without an offset. A time that its clock shows never or twice is refused.
        day_only: What a day without a time of day means; 24:00 is always the next day's begin.
        is_1904: Whether bare day numbers count from 1904, as old spreadsheets of one maker do.
        meter_number: The meter of a file without a column for it.
        volume_unit: Unit of registers where the file states none.
        flow_unit: Unit of flows where the file states none.
    """

    zone: tzinfo = CHINA
    day_only: DayOnly = DayOnly.REFUSED
    is_1904: bool = False
    meter_number: str = ""
    volume_unit: str = ""
    flow_unit: str = ""


def read_interval_csv(
    stream: BinaryIO, *, words: CsvWords, rules: CsvRules | None = None
) -> Iterator[ReceivedReading | Finding]:
    """Yield the readings of a file in its order, and a finding for each row that is none.

    The file is never held as a whole: one line at a time, and each row by itself. A file without
    a header that names meter, time and register gives one finding and nothing else.

    Args:
        stream: The bytes: UTF-8, UTF-16 or GB18030.
        words: Words of columns, units and marks.
        rules: What the sender agreed on.
    """
    rules = rules or CsvRules()
    lines = text_lines(stream)
    first = list(islice(lines, _FIRST_LINES))
    rows = csv_rows(chain(first, lines), separator=separator_of(first))
    head = list(islice(rows, _FIRST_LINES))
    found = find_header(head, words=words, has_meter=bool(rules.meter_number))
    if isinstance(found, HeaderFault):
        yield _finding(found.cause, line=head[0].line if head else 1, found=found.found)
        return
    at, header = found[0], _with_agreed_units(found[1], words, rules)
    for name in header.passed_over:
        yield _finding("csv_column_passed_over", line=head[at].line, found=name, column=name)
    reader = _Reader(header, words, rules)
    for row in chain(head[at + header.row_count :], rows):
        yield from reader.read(row)


def _with_agreed_units(header: Header, words: CsvWords, rules: CsvRules) -> Header:
    """Return the header with the units agreed on where it has none; a flow without any is passed over."""
    flow = header.flow or words.flow_units.get(word(rules.flow_unit))
    places, passed_over = dict(header.places), header.passed_over
    if flow is None and "flow" in places:
        passed_over = (*passed_over, header.names[places.pop("flow")])
    litres = header.litres or words.volume_units.get(word(rules.volume_unit))
    return replace(header, places=places, litres=litres, flow=flow, passed_over=passed_over)


class _Reader:
    """Reads one row after the other by the header."""

    def __init__(self, header: Header, words: CsvWords, rules: CsvRules) -> None:
        self._header = header
        self._words = words
        self._rules = rules
        self._needed = max(
            header.places[role] for role in header.places if role in ("meter_number", "register")
        )

    def read(self, row: CsvRow) -> Iterator[ReceivedReading | Finding]:
        """Yield what a row is; a flow that cannot be read does not cost the register beside it."""
        if row.fault:
            yield _finding(f"csv_{row.fault}", line=row.line)
            return
        cells = [plain(cell) for cell in row.cells]
        cause = self._no_reading(cells)
        if cause is not None:
            if cause:
                yield _finding(cause, line=row.line, found=" ".join(cells))
            return
        read_at, register, flow = self._read_at(cells), self._register(cells), self._flow(cells)
        if isinstance(flow, Fault):
            yield replace(self._fault(row, cells, flow, "flow"), severity=Severity.WARN)
            flow = None
        if isinstance(read_at, Fault):
            yield self._fault(row, cells, read_at, "read_at", "read_on")
        elif isinstance(register, Fault):
            yield self._fault(row, cells, register, "register")
        else:
            yield ReceivedReading(
                meter_number=self._meter(cells),
                read_at=read_at,
                register_litres=register,
                flow_l_h=flow,
                battery=self._cell(cells, "battery"),
                status=self._cell(cells, "status"),
                line=row.line,
            )

    def _meter(self, cells: list[str]) -> str:
        return self._cell(cells, "meter_number") or self._rules.meter_number

    def _no_reading(self, cells: list[str]) -> str | None:
        """Return why a row is none as a whole; an empty word for an empty row, None when it may be one."""
        names, number = self._header.names, self._cell(cells, "meter_number")
        causes = (
            ("", not any(cells)),
            ("csv_total_row", any(word(cell) in self._words.totals for cell in cells[:3])),
            ("csv_header_again", cells[: len(names)] == list(names)),
            ("csv_row_short", len(cells) <= self._needed),
            ("csv_row_long", any(cells[len(names) :])),
            ("no_meter", not self._meter(cells)),
            ("meter_number_broken", len(number) > _LONGEST or bool(_SCIENTIFIC.match(number))),
        )
        return next((cause for cause, holds in causes if holds), None)

    def _cell(self, cells: list[str], role: str) -> str:
        """Return the cell of a role; a mark for no value is an empty one."""
        at = self._header.places.get(role)
        text = cells[at] if at is not None and at < len(cells) else ""
        return "" if text.lower() in self._words.missing else text

    def _read_at(self, cells: list[str]) -> int | Fault:
        text = self._cell(cells, "read_at")
        if "read_on" not in self._header.places or _DAY_BEGINS.match(text):
            return _instant(text, self._rules)
        found = self._day_and_clock(cells, text or self._cell(cells, "read_clock"))
        return found if isinstance(found, Fault) else _utc(found, self._rules)

    def _day_and_clock(self, cells: list[str], text: str) -> tuple[datetime, bool] | Fault:
        day = local_instant(self._cell(cells, "read_on"), is_1904=self._rules.is_1904)
        if isinstance(day, Fault) or not text:
            return day
        clock = clock_of(text)
        if isinstance(clock, Fault):
            return clock
        return Fault("instant_unreadable") if day[1] else (day[0] + clock, True)

    def _register(self, cells: list[str]) -> int | Fault:
        text = self._cell(cells, "register")
        if not text:
            return Fault("no_register")
        litres = in_unit(text, self._words.volume_units, self._header.litres)
        return litres if isinstance(litres, Fault) else whole_litres(litres)

    def _flow(self, cells: list[str]) -> Decimal | Fault | None:
        text = self._cell(cells, "flow")
        return in_unit(text, self._words.flow_units, self._header.flow) if text else None

    def _fault(self, row: CsvRow, cells: list[str], fault: Fault, *roles: str) -> Finding:
        at = next((self._header.places[role] for role in roles if role in self._header.places), 0)
        found = cells[at] if at < len(cells) else ""
        return _finding(
            fault.cause, line=row.line, found=found, column=self._header.names[at], meter=self._meter(cells)
        )


def _instant(text: str, rules: CsvRules) -> int | Fault:
    return Fault("instant_unreadable") if len(text) > _LONGEST else _known_instant(text, rules)


@lru_cache(maxsize=8_192)
def _known_instant(text: str, rules: CsvRules) -> int | Fault:
    """Return the UTC seconds of a cell; files have the same instants for one meter after the other."""
    found = local_instant(text, is_1904=rules.is_1904)
    return found if isinstance(found, Fault) else _utc(found, rules)


def _utc(found: tuple[datetime, bool], rules: CsvRules) -> int | Fault:
    local, has_time = found
    if not has_time:
        if rules.day_only is DayOnly.REFUSED:
            return Fault("day_without_time")
        local += timedelta(days=rules.day_only is DayOnly.END)
    seconds = utc_seconds(local, rules.zone)
    return Fault("instant_not_once") if seconds is None else seconds


def _finding(cause: str, *, line: int, found: str = "", column: str = "", meter: str = "") -> Finding:
    return Finding(
        code=f"telemetry.{cause}",
        severity=_SEVERITIES.get(cause, Severity.DISQUALIFY),
        subject=meter or "document",
        evidence=found[:200],
        values=(("line", str(line)), ("column", column), ("found", found[:200])),
    )
