"""Who can be inspected (检查对象名录库): objects of the ledger in a scope, with their credit class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import InspectionDraw, Place, UserFact
from shuiheng.adapters.records.queries_gates import (
    PermitFilter,
    ProjectFilter,
    permit_facts,
    permit_lines,
    projects,
)
from shuiheng.adapters.records.queries_inspections import last_checked
from shuiheng.adapters.records.queries_ledger import LedgerFilter, ledger_list
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, use_of_groups
from shuiheng.adapters.records.use_figures import months_between
from shuiheng.services.inspections.city_sight import CitySight
from shuiheng.services.inspections.credit_class import classes_of
from shuiheng.services.inspections.draw_scope import DrawScope, ObjectKind, object_number, scope_of

LITRES_OF_M3, MONTHS = Decimal(1000), 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRow:
    """One object that can be inspected, as the ledger knows it.

    Args:
        number: Its number in the register.
        name: What it is called.
        ledger_number: Its number in the ledger.
        organisation: Key of the organisation whose it is, or None.
        district: Key of the district in which it lies, or None.
        use_class: Class of use of its water user.
        credit: Its credit class.
        checked_on: When it was inspected last, or None.
    """

    number: str
    name: str
    ledger_number: str
    organisation: int | None
    district: int | None
    use_class: str = ""
    credit: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects:
    """The objects of a scope, and how many could not be judged.

    Args:
        rows: Who is in it, in the order of their numbers.
        without_use: Whose use is not known, so that a condition on use leaves them out.
        not_found: Numbers of the list that the ledger does not have.
    """

    rows: Sequence[ObjectRow]
    without_use: int = 0
    not_found: tuple[str, ...] = ()


def objects_of(draw: InspectionDraw, on: date) -> Objects:
    """Return who can be inspected for a draw on a day, whoever asks.

    A district inspects what lies in it; the city everything.
    """
    seen, wanted = CitySight(draw.place), scope_of(draw.scope)
    rows = list(_READERS[wanted.kind](seen, wanted, on))
    if draw.area_id != draw.place_id:
        inside = _below(draw.area)
        rows = [row for row in rows if row.district in inside]
    if wanted.districts:
        within = {key for place in Place.objects.filter(pk__in=wanted.districts) for key in _below(place)}
        rows = [row for row in rows if row.district in within]
    if wanted.classes:
        rows = [row for row in rows if row.use_class in wanted.classes]
    listed = set(wanted.numbers)
    if listed:
        rows = [row for row in rows if row.ledger_number in listed]
    not_found = tuple(sorted(listed - {row.ledger_number for row in rows}))
    rows, without = _using(seen, rows, wanted, on)
    return Objects(rows=_judged(seen, draw.place, rows, on), without_use=without, not_found=not_found)


def _users(seen: CitySight, wanted: DrawScope, on: date) -> Iterator[ObjectRow]:
    for fact in ledger_list(seen, LedgerFilter(source_kind=wanted.source_kind), AsOf(on=on)):
        yield ObjectRow(
            number=object_number(ObjectKind.USER, fact.subject_id),
            name=fact.name,
            ledger_number=fact.subject.number,
            organisation=fact.subject.organisation_id,
            district=fact.district_id,
            use_class=fact.use_class,
        )


def _permits(seen: CitySight, _wanted: DrawScope, on: date) -> Iterator[ObjectRow]:
    for line in permit_lines(seen, list(permit_facts(seen, PermitFilter(), on)), on):
        permit, user = line.fact.subject, line.user
        yield ObjectRow(
            number=object_number(ObjectKind.PERMIT, permit.pk),
            name=permit.source.user.organisation.name if user is None else user.name,
            ledger_number=permit.number,
            organisation=permit.source.user.organisation_id,
            district=None if user is None else user.district_id,
            use_class="" if user is None else user.use_class,
        )


def _projects(seen: CitySight, _wanted: DrawScope, _on: date) -> Iterator[ObjectRow]:
    for row in projects(seen, ProjectFilter()):
        yield ObjectRow(
            number=object_number(ObjectKind.PROJECT, row.pk),
            name=row.name,
            ledger_number=str(row.pk),
            organisation=row.owner_id,
            district=row.area_id,
        )


_READERS = {ObjectKind.USER: _users, ObjectKind.PERMIT: _permits, ObjectKind.PROJECT: _projects}


def _using(
    seen: CitySight, rows: list[ObjectRow], wanted: DrawScope, on: date
) -> tuple[list[ObjectRow], int]:
    """Return who used at least so much in the twelve full months before, and how many nobody knows of."""
    if wanted.use_m3 is None or wanted.kind is ObjectKind.PROJECT:
        return rows, 0
    last = _months_before(on, 1)
    months = months_between(_months_before(on, MONTHS), last)
    uses = use_of_groups(seen, Grouping.USER, months, UseFilter(city=seen.city.pk))
    of_organisation = {
        fact["subject__organisation"]: uses.get(fact["subject"])
        for fact in standing(seen(UserFact), AsOf(on=on)).values("subject", "subject__organisation")
    }
    known: dict[int | None, Decimal] = {
        key: use.litres / LITRES_OF_M3
        for key, use in of_organisation.items()
        if use is not None and use.litres is not None
    }
    found = [row for row in rows if known.get(row.organisation, Decimal(-1)) >= wanted.use_m3]
    return found, sum(row.organisation not in known for row in rows)


def _judged(seen: CitySight, place: Place, rows: Iterable[ObjectRow], on: date) -> list[ObjectRow]:
    listed = sorted(rows, key=lambda row: (row.number[0], int(row.number[1:])))
    classes: Mapping[int | None, str] = classes_of(place, {row.organisation for row in listed}, on)
    checked = last_checked(seen, on)
    return [
        replace(row, credit=classes[row.organisation], checked_on=checked.get(row.number)) for row in listed
    ]


def _below(place: Place) -> Collection[int]:
    """Return the keys of a place and of those below it."""
    found, fresh = {place.pk}, {place.pk}
    while fresh:
        fresh = set(Place.objects.filter(parent__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found


def _months_before(day: date, count: int) -> date:
    """Return the first day of the month so many months before that of a day."""
    months = day.year * MONTHS + day.month - 1 - count
    return date(months // MONTHS, months % MONTHS + 1, 1)
