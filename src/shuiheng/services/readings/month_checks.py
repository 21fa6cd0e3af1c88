"""What must hold for the rows of a monthly workbook, by what is known of their meters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shuiheng.adapters.rulebook.workbook_columns import workbook_columns
from shuiheng.adapters.workbooks import CellFinding, CheckedRow, CheckedTable
from shuiheng.kernel import Severity
from shuiheng.metering.checks.record import m3_text
from shuiheng.metering.civil_time import DAY, HOUR, day_of, end_of, start_of
from shuiheng.metering.intervals import interval_between, register_at
from shuiheng.metering.model import Basis, EventKind, IntervalRules, Reading, Register
from shuiheng.metering.model import MeterEvent as Break
from shuiheng.services.readings.known_meters import KnownMeter, whole_digits
from shuiheng.services.readings.month_form import (
    ESTIMATED,
    MONTH_FORM,
    UNREAD,
    in_litres,
    last_day_for,
    mark_of,
)

NOON = DAY // 2
SWAP = ("swap_on", "swap_final", "swap_start")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong or doubtful with a cell of a row, before its place is known."""

    code: str
    column: str
    values: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.DISQUALIFY


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """An exchange of a register that a row tells of."""

    at: int
    final: int
    start: int
    serial: str = ""

    @property
    def event(self) -> Break:
        """The exchange as the core takes it."""
        return Break(at=self.at, kind=EventKind.SWAP, final=self.final, start=self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A row of a monthly workbook as values of this program.

    Args:
        meter: The meter of the row, or None when nobody knows it.
        read_on: The day on which it was read, or None.
        register: What it showed, in litres, or None.
        mark: How it was read.
        swap: The exchange of which it tells, when told whole.
        swap_cells: How many of the three cells of an exchange are filled.
        last: What the row says was the last register, in litres, or None.
        remark: What else it says.
        at_fault: Columns whose cell cannot be read.
    """

    meter: KnownMeter | None
    read_on: date | None
    register: int | None
    mark: str
    swap: Swap | None
    swap_cells: int
    last: int | None
    remark: str
    at_fault: frozenset[str]

    @property
    def reading(self) -> Reading | None:
        """The reading that the row brings; a day counts to its end."""
        if self.read_on is None or self.register is None:
            return None
        return Reading(read_at=end_of(self.read_on), register=self.register)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTerms:
    """By what the rows of a month are checked.

    Args:
        month: Its first day.
        now: The instant at which the file came.
        rules: When a fall of a register is noise, and when a rollover.
        has_own_form: Whether the file is the company's own sheet.
    """

    month: date
    now: int
    rules: IntervalRules
    has_own_form: bool = False


def by_number(meters: Sequence[KnownMeter]) -> dict[str, KnownMeter]:
    """Return the meters by everything that a row may call them."""
    further = {_plain(name): meter for meter in meters for name in meter.names}
    return further | {_plain(meter.number): meter for meter in meters}


def month_row(row: CheckedRow, meters: Mapping[str, KnownMeter], at_fault: frozenset[str]) -> MonthRow:
    """Return a checked row as values of this program."""
    values = row.values
    day, final, start = (values.get(name) for name in SWAP)
    swap = None
    if isinstance(day, date) and final is not None and start is not None:
        swap = Swap(
            at=start_of(day) + NOON,
            final=in_litres(final) or 0,
            start=in_litres(start) or 0,
            serial=str(values.get("swap_serial") or "")[:60],
        )
    read_on = values.get("read_on")
    return MonthRow(
        meter=meters.get(_plain(str(values.get("number") or ""))),
        read_on=read_on if isinstance(read_on, date) else None,
        register=in_litres(values.get("register")),
        mark=mark_of(values.get("mark")),
        swap=swap,
        swap_cells=sum(values.get(name) is not None for name in SWAP),
        last=in_litres(values.get("last_m3")),
        remark=str(values.get("remark") or ""),
        at_fault=at_fault,
    )


def judged(checked: CheckedTable, meters: Sequence[KnownMeter], terms: MonthTerms) -> CheckedTable:
    """Return the table with a finding on each cell that does not go with what is known of its meter."""
    known, found = by_number(meters), []
    barred: dict[int, set[str]] = {}
    for each in checked.errors:
        if each.row is not None and each.column is not None:
            barred.setdefault(each.row, set()).add(each.column)
    for row in checked.rows:
        at_fault = frozenset(barred.get(row.number, ()))
        if "number" not in at_fault:
            said = month_row(row, known, at_fault)
            found += [_finding(fault, row, checked) for fault in faults_of(said, terms)]
    if not found:
        return checked
    errors = {each.row for each in found if each.severity is Severity.DISQUALIFY}
    doubts = {each.row for each in found if each.severity is Severity.WARN}
    rows = tuple(
        replace(
            row,
            has_errors=row.has_errors or row.number in errors,
            has_doubts=row.has_doubts or row.number in doubts,
        )
        for row in checked.rows
    )
    findings = sorted((*checked.findings, *found), key=lambda each: (each.row or 0, each.position or 0))
    return replace(checked, rows=rows, findings=tuple(findings))


def faults_of(row: MonthRow, terms: MonthTerms) -> Iterator[Fault]:
    """Yield what is wrong or doubtful with a row; cells that could not be read are not judged."""
    if row.meter is None:
        yield Fault(code="month_workbook.unknown_meter", column="number")
        return
    if not row.meter.is_active:
        yield Fault(code="month_workbook.meter_inactive", column="number", severity=Severity.WARN)
    told = [
        *_about_reading(row, row.meter, terms),
        *_about_day(row, terms),
        *_about_swap(row, row.meter, terms),
    ]
    yield from told
    if terms.has_own_form and row.last is not None and row.meter.last is not None:
        yield from _about_last(row.last, row.meter.last)
    is_sound = all(each.severity is Severity.NOTE for each in told) and row.at_fault.isdisjoint(
        {"read_on", "register", *SWAP}
    )
    if is_sound and row.mark not in (UNREAD, ESTIMATED):
        yield from _about_volume(row, row.meter, terms)


def _about_reading(row: MonthRow, meter: KnownMeter, terms: MonthTerms) -> Iterator[Fault]:
    if row.mark == UNREAD:
        if row.register is not None:
            yield Fault(code="month_workbook.unread_with_register", column="register")
        if not row.remark and "remark" not in row.at_fault:
            yield Fault(code="month_workbook.unread_without_reason", column="remark")
        return
    if row.register is None and "register" not in row.at_fault:
        yield Fault(code="month_workbook.register_missing", column="register")
    if row.read_on is None and "read_on" not in row.at_fault:
        yield Fault(code="month_workbook.day_missing", column="read_on")
    if row.mark == ESTIMATED:
        yield Fault(code="month_workbook.estimated", column="mark", severity=Severity.NOTE)
    if row.register is not None:
        at = end_of(row.read_on or last_day_for(terms.month))
        yield from _about_register(row.register, register_at(meter.rules, at), "register")


def _about_register(litres: int, register: Register, column: str) -> Iterator[Fault]:
    """Yield that a register of that time cannot show so much, or nothing so fine."""
    if register.modulus_litres is not None and litres >= register.modulus_litres:
        digits = str(whole_digits(register) or "")
        yield Fault(code="month_workbook.beyond_digits", column=column, values=(("digits", digits),))
    elif litres % register.step_litres:
        yield Fault(
            code="month_workbook.off_step",
            column=column,
            values=(("step", m3_text(register.step_litres)),),
        )


def _about_day(row: MonthRow, terms: MonthTerms) -> Iterator[Fault]:
    if row.read_on is None:
        return
    if row.read_on > day_of(terms.now):
        yield Fault(code="month_workbook.day_in_future", column="read_on")
    elif not terms.month <= row.read_on <= last_day_for(terms.month):
        yield Fault(
            code="month_workbook.day_other_month",
            column="read_on",
            values=(("first", terms.month.isoformat()), ("last", last_day_for(terms.month).isoformat())),
        )
    elif row.meter is not None and row.meter.last_on is not None and row.read_on <= row.meter.last_on:
        last = (("last", row.meter.last_on.isoformat()),)
        yield Fault(code="month_workbook.day_before_last", column="read_on", values=last)


def _about_swap(row: MonthRow, meter: KnownMeter, terms: MonthTerms) -> Iterator[Fault]:
    if not row.swap_cells or not row.at_fault.isdisjoint(SWAP):
        return
    swap = row.swap
    if swap is None:
        yield Fault(code="month_workbook.swap_incomplete", column="swap_on")
        return
    if swap.at > terms.now:
        yield Fault(code="month_workbook.day_in_future", column="swap_on")
    elif row.read_on is not None and swap.at > end_of(row.read_on):
        yield Fault(code="month_workbook.swap_after_reading", column="swap_on")
    if meter.last is not None and swap.at <= meter.last.read_at:
        yield Fault(code="month_workbook.swap_before_last", column="swap_on")
    if meter.last is not None and swap.final < meter.last.register and not _rolls(meter, terms.rules):
        last = (("last", m3_text(meter.last.register)),)
        yield Fault(code="month_workbook.swap_final_fell", column="swap_final", values=last)
    yield from _about_register(swap.final, register_at(meter.rules, swap.at - DAY), "swap_final")
    if row.register is not None and swap.start > row.register:
        yield Fault(code="month_workbook.swap_start_above", column="swap_start")
    for event in _same_swaps(swap, meter):
        if (event.final, event.start) != (swap.final, swap.start):
            yield Fault(code="month_workbook.swap_differs", column="swap_on")


def _rolls(meter: KnownMeter, rules: IntervalRules) -> bool:
    """Return whether a register stood so high that it may have rolled over since."""
    if meter.last is None:
        return False
    modulus = register_at(meter.rules, meter.last.read_at).modulus_litres
    return modulus is not None and meter.last.register >= rules.top_share * modulus


def _about_last(said: int, last: Reading) -> Iterator[Fault]:
    if said != last.register:
        values = (("expected", m3_text(last.register)),)
        yield Fault(
            code="month_workbook.last_differs", column="last_m3", values=values, severity=Severity.WARN
        )


def _about_volume(row: MonthRow, meter: KnownMeter, terms: MonthTerms) -> Iterator[Fault]:
    """Yield what is wrong with the volume since the last reading."""
    end, last = row.reading, meter.last
    if end is None or last is None:
        return
    own = [row.swap.event] if row.swap is not None and not is_known_swap(row.swap, meter) else []
    rules = replace(meter.rules, events=(*meter.rules.events, *own))
    passed = interval_between(rules, last, end, rules=terms.rules)
    values = (("last", m3_text(last.register)),)
    times = workbook_columns().doubts.unit_times
    is_other_unit = (
        passed.basis is not Basis.SPLICED
        and last.register > 0
        and end.register > 0
        and (end.register >= last.register * times or end.register * times <= last.register)
    )
    if is_other_unit and passed.basis is not Basis.ROLLED_OVER:
        yield Fault(code="month_workbook.unit_jump", column="register", values=values)
    elif passed.volume_litres is None:
        code = "spliced_fell" if passed.basis is Basis.SPLICED else "register_fell"
        yield Fault(code=f"month_workbook.{code}", column="register", values=values)
    else:
        greatest = register_at(rules, end.read_at).greatest_flow_l_h
        yield from _about_size(passed.volume_litres, passed.seconds, greatest, meter.usual_litres)
        if passed.basis is Basis.ROLLED_OVER:
            yield Fault(
                code="month_workbook.rolled_over",
                column="register",
                values=values,
                severity=Severity.NOTE,
            )


def _about_size(litres: int, seconds: int, greatest: int | None, usual: int | None) -> Iterator[Fault]:
    """Yield that more passed than the meter lets through in an hour, or far more or less than usual."""
    doubts = workbook_columns().doubts
    said = ("volume", m3_text(litres))
    if greatest is not None and litres * HOUR > greatest * seconds:
        most = ("most", m3_text(greatest * seconds // HOUR))
        yield Fault(code="month_workbook.use_impossible", column="register", values=(said, most))
        return
    if usual is None:
        return
    told = (said, ("usual", m3_text(usual)))
    if litres >= usual * doubts.far_times and litres >= doubts.far_least_m3 * 1000:
        yield Fault(code="month_workbook.use_far", column="register", values=told, severity=Severity.WARN)
    elif litres == 0 and usual >= doubts.far_least_m3 * 1000:
        yield Fault(
            code="month_workbook.register_stands", column="register", values=told, severity=Severity.WARN
        )


def is_known_swap(swap: Swap, meter: KnownMeter) -> bool:
    """Return whether the ledger has an exchange of the meter at that time already."""
    return bool(_same_swaps(swap, meter))


def _same_swaps(swap: Swap, meter: KnownMeter) -> list[Break]:
    return [event for event in meter.rules.events if abs(event.at - swap.at) < DAY]


def _finding(fault: Fault, row: CheckedRow, checked: CheckedTable) -> CellFinding:
    places = dict(checked.positions)
    value = row.values.get(fault.column)
    return CellFinding(
        code=fault.code,
        severity=fault.severity,
        row=row.number,
        column=fault.column if fault.column in places else None,
        position=places.get(fault.column),
        heading=MONTH_FORM.column(fault.column).zh,
        evidence="" if value is None else str(value)[:80],
        values=fault.values,
    )


def _plain(number: str) -> str:
    """Return the number of a meter for comparison: half-width, great letters, without white space."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()
