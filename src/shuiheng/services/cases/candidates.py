"""Whom a kind of programme may be about, as far as the registers of the city tell (候选对象)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from django.db.models import Q

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Place, Project, UserFact
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.site_types import FACT as SITE_TYPE
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.rules.conditions import facts_of
from shuiheng.services.cases.subjects import Subject

USER, PROJECT, AREA = "water_user", "project", "area"


def has_register(kind: ProgrammeKind) -> bool:
    """Return whether a register of the city lists what cases of a kind are about.

    Places, parks and irrigation districts are users of the ledger where the kind asks for a type of site.
    """
    return _reader(kind) is not None


def candidates(seen: Sight, city: Place, kind: ProgrammeKind, on: date) -> Sequence[Subject]:
    """Return whom a kind may be about in a city on a day; nobody where there is no register.

    Args:
        seen: What the reader may see.
        city: The city.
        kind: The kind.
        on: The day.
    """
    read = _reader(kind)
    return () if read is None else read(seen, city, kind.subject, on)


def user_key(key: int) -> str:
    """Return by what a water user is told apart as the subject of a case."""
    return f"user:{key}"


def _reader(kind: ProgrammeKind) -> Callable[[Sight, Place, str, date], Sequence[Subject]] | None:
    if kind.subject in READERS:
        return READERS[kind.subject]
    return _users if SITE_TYPE in facts_of(kind.eligibility) else None


def _users(seen: Sight, city: Place, sort: str, on: date) -> Sequence[Subject]:
    rows = standing(seen(UserFact).filter(subject__city=city, is_open=True), AsOf(on=on))
    rows = rows.filter(subject__merged_into__isnull=True).order_by("subject__number")
    columns = ("subject_id", "name", "subject__organisation_id", "district_id")
    return [
        Subject(
            key=user_key(user),
            name=name,
            sort=sort,
            user=user,
            organisation=unit,
            district=city.pk if district is None else district,
        )
        for user, name, unit, district in rows.values_list(*columns)
    ]


def _projects(seen: Sight, city: Place, sort: str, on: date) -> Sequence[Subject]:
    rows = seen(Project).filter(place=city, is_closed=False).order_by("pk")
    columns = ("pk", "name", "owner_id", "area_id")
    return [
        Subject(key=f"project:{key}", name=name, sort=sort, project=key, organisation=owner, district=area)
        for key, name, owner, area in rows.values_list(*columns)
    ]


def _areas(seen: Sight, city: Place, sort: str, on: date) -> Sequence[Subject]:
    rows = seen(Place).filter(Q(pk=city.pk) | Q(parent=city)).order_by("order", "pk")
    return [
        Subject(key=f"place:{key}", name=name, sort=sort, place=key, district=key)
        for key, name in rows.values_list("pk", "name")
    ]


READERS: Mapping[str, Callable[[Sight, Place, str, date], Sequence[Subject]]] = MappingProxyType(
    {USER: _users, PROJECT: _projects, AREA: _areas}
)
