"""A workbook of statistics as checked: what it tells against what stands, every fault with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import WHOLE_YEAR, CollectedUnder, Statistic, StatisticState
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.workbooks import (
    CellFinding,
    CheckedRow,
    CheckedTable,
    RawTable,
    StampRules,
    Template,
    check,
    matched_template,
)
from shuiheng.indicators.conversion import in_unit_of
from shuiheng.indicators.facts import FactKind
from shuiheng.kernel import Severity
from shuiheng.services.errors import ServiceError
from shuiheng.services.indicators import statistic_form as form
from shuiheng.services.indicators.keep_statistic import StatisticFields, may_have_member, refuse_month
from shuiheng.services.indicators.statistic_value import stored_value, value_fault
from shuiheng.services.ledger.book_reading import secret_key

LEAP = Decimal(10)
NEW, CHANGED, SAME = "new", "changed", "same"
Key = tuple[int, str, int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFact:
    """A fact that a row tells.

    Args:
        line: Row of the sheet.
        place: Key of the place.
        fields: The fact, in the unit of the fact.
        written: Value and unit as they are written.
        sort: Whether it is new, changed, or stands already.
        before: What stands, None when nothing does.
    """

    line: int
    place: int
    fields: StatisticFields
    written: str
    sort: str
    before: Statistic | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticCheck:
    """A workbook of statistics as checked: its sheet with all findings, and the facts that it tells."""

    table: CheckedTable
    told: Sequence[ToldFact]

    @property
    def errors(self) -> int:
        """How many errors bar it."""
        return sum(1 for _ in self.table.errors)

    @property
    def fresh(self) -> Sequence[ToldFact]:
        """What does not stand yet."""
        return [each for each in self.told if each.sort != SAME]


class _FaultError(Exception):
    """A row cannot be read as a fact: which cell, which code, with which values."""

    def __init__(self, column: str, code: str, **values: str) -> None:
        super().__init__(code)
        self.column, self.code, self.values = column, f"statistics.{code}", values


def check_statistics(
    table: RawTable,
    places: Mapping[str, int],
    standing: Sequence[Statistic],
    *,
    parts: frozenset[str] = frozenset(),
) -> StatisticCheck:
    """Return what a workbook tells; nothing is saved.

    Args:
        table: The file as read.
        places: Keys of the places of which its sender may tell, by name.
        standing: What was entered or confirmed of these places and is not superseded.
        parts: Parts of the city that have statistics of their own.
    """
    template = form.statistics_form(list(places))
    own = matched_template(table, template, wanted=form.NEEDED)
    checked = check(table, own, rules=StampRules(is_needed=False, secret=secret_key()))
    known = _by_key(standing)
    told: dict[Key, ToldFact] = {}
    found: list[CellFinding] = []
    for row in checked.rows:
        if row.has_errors or row.values.get(form.VALUE) is None:
            continue
        try:
            fact = _told(row, places, known, parts)
            key = _key(fact.place, fact.fields)
            if key in told:
                raise _FaultError(form.YEAR, "row_twice", **_named(fact.fields), other=str(told[key].line))
            told[key] = fact
        except _FaultError as fault:
            found.append(_finding(checked, template, row, fault, Severity.DISQUALIFY))
    lines = {row.number: row for row in checked.rows}
    for each, doubt in (*_leaps(told, known), *_falls(told, known)):
        found.append(_finding(checked, template, lines[each.line], doubt, Severity.WARN))
    findings = sorted((*checked.findings, *found), key=lambda each: (each.row or 0, each.position or 0))
    return StatisticCheck(table=replace(checked, findings=tuple(findings)), told=list(told.values()))


def _by_key(standing: Sequence[Statistic]) -> Mapping[Key, Statistic]:
    """Return what stands by fact; what waits goes before what is confirmed, for it is the later word."""
    ordered = sorted(standing, key=lambda row: row.state == StatisticState.ENTERED)
    return {row.key: row for row in ordered}


def _told(
    row: CheckedRow, places: Mapping[str, int], known: Mapping[Key, Statistic], parts: frozenset[str]
) -> ToldFact:
    values = row.values
    kind = indicator_book().facts[form.fact_names()[str(values[form.FACT])]]
    fields = _fields(row, kind, parts)
    place = places[str(values[form.PLACE])]
    before = known.get(_key(place, fields))
    written = f"{values[form.VALUE]} {values.get(form.UNIT) or kind.unit.names['zh']}".strip()
    sort = NEW if before is None else SAME if _is_same(before, fields) else CHANGED
    return ToldFact(line=row.number, place=place, fields=fields, written=written, sort=sort, before=before)


def _fields(row: CheckedRow, kind: FactKind, parts: frozenset[str]) -> StatisticFields:
    values = row.values
    year = int(str(values[form.YEAR]))
    named = {"fact": kind.names["zh"], "year": str(year)}
    if year > timezone.localdate().year:
        raise _FaultError(form.YEAR, "bad_year", **named)
    through = int(str(values.get(form.THROUGH) or WHOLE_YEAR))
    try:
        refuse_month(kind.id, year, through)
    except ServiceError as error:
        raise _FaultError(form.THROUGH, "bad_month", **named, month=str(through)) from error
    member = str(values.get(form.MEMBER) or "").strip()
    if not may_have_member(kind.id, member, parts):
        raise _FaultError(form.MEMBER, "member_missing", **named)
    source = str(values.get(form.SOURCE) or "").strip()
    if not source:
        raise _FaultError(form.SOURCE, "source_missing", **named)
    under = values.get(form.UNDER)
    return StatisticFields(
        fact=kind.id,
        year=year,
        value=_value(row, kind, named),
        source=source,
        page=str(values.get(form.PAGE) or "").strip(),
        member=member,
        revision=str(values.get(form.REVISION) or "").strip(),
        estimated_share=Decimal(str(values.get(form.ESTIMATED) or 0)),
        collected_under=CollectedUnder(form.UNDERS[str(under)] if under else CollectedUnder.ADMINISTRATION),
        through=through,
    )


def _value(row: CheckedRow, kind: FactKind, named: Mapping[str, str]) -> Decimal:
    value = Decimal(str(row.values[form.VALUE]))
    word = str(row.values.get(form.UNIT) or "").strip()
    said = {**named, "unit": word, "wanted": kind.unit.names["zh"] or "—", "value": f"{value:f}"}
    writings = indicator_book().writings
    written = writings.get(word) or writings.get(word.replace("＝", "=")) if word else kind.unit
    if written is None:
        raise _FaultError(form.UNIT, "unit_unknown", **said)
    read = in_unit_of(kind, value, written)
    if read is None:
        raise _FaultError(form.UNIT, "unit_other", **said)
    fault = value_fault(kind, read)
    if fault:
        raise _FaultError(form.VALUE, fault.partition(".")[2], **said)
    return stored_value(read)


def _leaps(
    told: Mapping[Key, ToldFact], known: Mapping[Key, Statistic]
) -> Iterator[tuple[ToldFact, _FaultError]]:
    """Yield the facts that lie more than ten times above or below those of the year before."""
    for (place, fact, year, through, member), each in told.items():
        last = (place, fact, year - 1, through, member)
        before = told[last].fields.value if last in told else known[last].value if last in known else None
        value = each.fields.value
        if before and value and not 1 / LEAP < value / before < LEAP:
            said = {"value": f"{value.normalize():f}", "before": f"{before.normalize():f}"}
            yield each, _FaultError(form.VALUE, "leap", **_named(each.fields), **said)


def _falls(
    told: Mapping[Key, ToldFact], known: Mapping[Key, Statistic]
) -> Iterator[tuple[ToldFact, _FaultError]]:
    """Yield what adds up within a year and would be more after some months than after more months."""
    for (place, fact, year, through, member), each in told.items():
        if not indicator_book().facts[fact].adds_up:
            continue
        for other in range(1, WHOLE_YEAR + 1):
            key = (place, fact, year, other, member)
            beside = told[key].fields.value if key in told else known[key].value if key in known else None
            if beside is None or (other < through and key in told):  # told there already
                continue
            less, more = sorted((other, through))
            earlier, later = (beside, each.fields.value) if other < through else (each.fields.value, beside)
            if earlier > later:
                said = {"value": f"{earlier.normalize():f}", "later": f"{later.normalize():f}"}
                months = {"months": str(less), "more": str(more)}
                yield each, _FaultError(form.VALUE, "falls", **_named(each.fields), **said, **months)
                break


def _key(place: int, fields: StatisticFields) -> Key:
    return place, fields.fact, fields.year, fields.through, fields.member


def _named(fields: StatisticFields) -> dict[str, str]:
    return {"fact": indicator_book().facts[fields.fact].names["zh"], "year": str(fields.year)}


def _is_same(row: Statistic, fields: StatisticFields) -> bool:
    stands = (row.value, row.source, row.page, row.revision, row.estimated_share, row.collected_under)
    comes = (
        fields.value,
        fields.source,
        fields.page,
        fields.revision,
        fields.estimated_share,
        fields.collected_under,
    )
    return stands == comes


def _finding(
    checked: CheckedTable, template: Template, row: CheckedRow, fault: _FaultError, severity: Severity
) -> CellFinding:
    value = row.values.get(fault.column)
    return CellFinding(
        code=fault.code,
        severity=severity,
        row=row.number,
        column=fault.column,
        position=dict(checked.positions).get(fault.column),
        heading=template.column(fault.column).zh,
        evidence="" if value is None else str(value),
        values=tuple(fault.values.items()),
    )
