"""What a new case can be about, found by words of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from shuiheng.adapters.records.models import (
    CaseSubject,
    Organisation,
    OrganisationKind,
    Place,
    Project,
    WaterUser,
)
from shuiheng.adapters.records.sight import Sight

M = TypeVar("M", bound=Model)
LIMIT, MOST = 60, 30


def users_found(seen: Sight, words: str) -> Sequence[WaterUser]:
    """Return the water users whose name, number or code holds all words; none without words."""
    rows = seen(WaterUser).select_related("organisation__place").order_by("organisation__name", "pk")
    return _found(
        rows, words, "organisation__name__icontains", "organisation__credit_code__startswith", "number"
    )


def listed_found(seen: Sight, sort: str, words: str) -> Sequence[CaseSubject]:
    """Return the listed things of a sort whose name or number holds all words; none without words."""
    rows = seen(CaseSubject).filter(sort=sort, closed_at__isnull=True).order_by("name", "pk")
    return _found(rows, words, "name__icontains", "number__startswith")


def listed_things(seen: Sight, sort: str, words: str) -> QuerySet[CaseSubject]:
    """Return the listed things of a sort, closed ones too, whose name or number holds all words."""
    rows = seen(CaseSubject).filter(sort=sort).select_related("district").order_by("name", "pk")
    for word in words[:LIMIT].split():
        rows = rows.filter(Q(name__icontains=word) | Q(number__icontains=word))
    return rows


def projects_found(seen: Sight, words: str) -> Sequence[Project]:
    """Return the projects that are not closed whose name or owner holds all words; none without words."""
    rows = seen(Project).filter(is_closed=False).select_related("area", "owner").order_by("name", "pk")
    return _found(rows, words, "name__icontains", "owner__name__icontains", "owner_name__icontains")


def organisations_found(seen: Sight, words: str) -> Sequence[Organisation]:
    """Return the units whose name holds all words; none without words."""
    rows = seen(Organisation).filter(to_on__isnull=True).select_related("place").order_by("name", "pk")
    return _found(rows, words, "name__icontains", "short_name__icontains")


def places_found(seen: Sight, words: str) -> Sequence[Place]:
    """Return the places whose name holds all words, all of them without words."""
    rows = seen(Place).filter(to_on__isnull=True).order_by("order", "pk")
    for word in words[:LIMIT].split():
        rows = rows.filter(name__icontains=word)
    return list(rows[:MOST])


def third_parties(seen: Sight) -> Sequence[Organisation]:
    """Return the third parties that can be commissioned."""
    rows = seen(Organisation).filter(kind=OrganisationKind.THIRD_PARTY, to_on__isnull=True)
    return list(rows.order_by("name", "pk"))


def _found(rows: QuerySet[M], words: str, *columns: str) -> Sequence[M]:
    for word in words[:LIMIT].split():
        wanted = Q()
        for column in columns:
            wanted |= Q(**{column: word})
        rows = rows.filter(wanted)
    return list(rows[:MOST]) if words.strip() else []
