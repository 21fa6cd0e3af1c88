"""Random inspections in sight: the draws of a year, one draw, the registers of inspectors and items."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    Check,
    CheckState,
    DrawRecusal,
    DrawState,
    InspectionDraw,
    InspectionItem,
    InspectorEntry,
    Permit,
    Project,
    UserFact,
)
from shuiheng.adapters.records.sight import Sight

LIMIT = 60
MOST_KEYS = 10_000  # in one query; a database takes so many and not many more
USERS, PERMITS, PROJECTS = "U", "P", "J"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawFilter:
    """Which draws are listed; empty fields do not filter.

    Args:
        words: Words in the title or the number.
        year: The year.
        state: State.
        area: Key of the district that inspects, or of the city.
    """

    words: str = ""
    year: int | None = None
    state: str = ""
    area: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedObject:
    """What an object of a register is called."""

    name: str
    ledger_number: str = ""
    district: str = ""


def draw_list(seen: Sight, wanted: DrawFilter) -> QuerySet[InspectionDraw]:
    """Return the draws that a filter leaves, those planned first at the top of their year."""
    rows = seen(InspectionDraw).select_related("place", "area")
    for field, value in (("year", wanted.year), ("state", wanted.state), ("area", wanted.area)):
        rows = rows.filter(**{field: value}) if value else rows
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(Q(title__icontains=word) | Q(number__icontains=word))
    return rows.prefetch_related("items").order_by("-year", "planned_from", "pk")


def draw_years(seen: Sight) -> Sequence[int]:
    """Return the years in which there is a draw, the newest first."""
    return list(seen(InspectionDraw).order_by("-year").values_list("year", flat=True).distinct())


def draw_counts(seen: Sight, year: int | None) -> Mapping[str, int]:
    """Return how many draws of a year, or of all, are in which state."""
    rows = seen(InspectionDraw)
    rows = rows.filter(year=year) if year else rows
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state.value: found.get(state.value, 0) for state in DrawState}


def one_draw(seen: Sight, key: int) -> InspectionDraw | None:
    """Return one draw with what its page shows, or None."""
    people = ("made_by", "committed_by", "drawn_by", "published_by", "ended_by", "place", "area")
    return seen(InspectionDraw).select_related(*people).filter(pk=key).first()


def checks_of_draw(seen: Sight, draw: InspectionDraw) -> Mapping[str, Check]:
    """Return the checks of a draw by the numbers of their objects; void ones are left out."""
    rows = seen(Check).filter(draw=draw).exclude(state=CheckState.VOID)
    return {row.subject_key: row for row in rows}


def recusals_of(seen: Sight, draw: InspectionDraw) -> Sequence[DrawRecusal]:
    """Return who is recused from what in a draw."""
    rows = seen(DrawRecusal).filter(draw=draw)
    return list(rows.select_related("inspector__organisation", "organisation", "made_by"))


def inspectors(seen: Sight, *, on: date | None = None, words: str = "") -> QuerySet[InspectorEntry]:
    """Return the inspectors of the register, on a day only those who are in it, by unit and name."""
    rows = seen(InspectorEntry).select_related("organisation__place", "account")
    if on is not None:
        rows = rows.filter(from_on__lte=on).filter(Q(to_on__isnull=True) | Q(to_on__gt=on))
    for word in words[:LIMIT].split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(certificate__startswith=word) | Q(organisation__name__icontains=word)
        )
    return rows


def inspection_items(seen: Sight, *, on: date | None = None) -> QuerySet[InspectionItem]:
    """Return the items of the register, on a day only those that are in it, by number."""
    rows = seen(InspectionItem)
    if on is not None:
        rows = rows.filter(from_on__lte=on).filter(Q(to_on__isnull=True) | Q(to_on__gt=on))
    return rows


def last_checked(seen: Sight, on: date) -> Mapping[str, date]:
    """Return when each object was inspected last, to a day, by its number; others are left out."""
    rows = seen(Check).filter(recorded_on__lte=on).exclude(state=CheckState.VOID).order_by()
    found: dict[str, date] = {}
    for letter, column in ((USERS, "user"), (PERMITS, "permit"), (PROJECTS, "project")):
        latest = rows.filter(**{f"{column}__isnull": False}).values_list(column)
        for key, day in latest.annotate(latest=Max("recorded_on")):
            found[f"{letter}{key}"] = day
    return found


def names_of(seen: Sight, numbers: Collection[str], on: date) -> Mapping[str, NamedObject]:
    """Return what objects of a register are called on a day, by number; what is out of sight is left out."""
    found: dict[str, NamedObject] = {}
    for letter, read in ((USERS, _users), (PERMITS, _permits), (PROJECTS, _projects)):
        keys = sorted(int(number[1:]) for number in numbers if number[:1] == letter)
        for first in range(0, len(keys), MOST_KEYS):
            found |= read(seen, keys[first : first + MOST_KEYS], on)
    return found


def inspector_names(seen: Sight, numbers: Collection[str]) -> Mapping[str, InspectorEntry]:
    """Return the inspectors of a record by their numbers."""
    keys = [int(number[1:]) for number in numbers]
    rows = seen(InspectorEntry).filter(pk__in=keys).select_related("organisation")
    return {f"R{row.pk}": row for row in rows}


def _users(seen: Sight, keys: Collection[int], on: date) -> Mapping[str, NamedObject]:
    rows = standing(seen(UserFact), AsOf(on=on)).filter(subject__in=keys)
    return {
        f"{USERS}{row.subject_id}": NamedObject(
            name=row.name, ledger_number=row.subject.number, district=_name(row.district)
        )
        for row in rows.select_related("subject", "district")
    }


def _permits(seen: Sight, keys: Collection[int], _on: date) -> Mapping[str, NamedObject]:
    rows = seen(Permit).filter(pk__in=keys).select_related("source__user__organisation__place")
    return {
        f"{PERMITS}{row.pk}": NamedObject(
            name=row.source.user.organisation.name,
            ledger_number=row.number,
            district=row.source.user.organisation.place.name,
        )
        for row in rows
    }


def _projects(seen: Sight, keys: Collection[int], _on: date) -> Mapping[str, NamedObject]:
    rows = seen(Project).filter(pk__in=keys).select_related("area")
    return {
        f"{PROJECTS}{row.pk}": NamedObject(name=row.name, ledger_number=str(row.pk), district=row.area.name)
        for row in rows
    }


def _name(row: Any) -> str:
    return "" if row is None else str(row.name)
