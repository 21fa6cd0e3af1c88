"""Organisations of a city and its districts, their names, and the units that plans name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet

from shuiheng.adapters.records.models import (
    Membership,
    Organisation,
    OrganisationChange,
    OrganisationName,
    Place,
    PublishedTarget,
    TaskParty,
    TaskUnit,
    UnitMatch,
)
from shuiheng.adapters.records.sight import Sight

LIMIT = 60
Named = dict[str, list[Organisation]]
_DISTRICT_ENDINGS = r"^[一-鿿]{1,10}(区|县|市|旗)$"
_NO_DISTRICTS = (
    *("市区", "城区", "主城区", "中心城区", "建成区", "灌区", "库区", "山区", "城市", "地区"),
    *("经开区", "高新区", "开发区", "新区", "园区", "度假区", "示范区"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnit:
    """A unit as the plans of a place name it.

    Args:
        label: Its standard name.
        spellings: How the plans write it.
        term: Id of its kind in the dictionary of organisations, or nothing.
    """

    label: str
    spellings: tuple[str, ...] = ()
    term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFilter:
    """What the list of organisations shows; empty fields do not filter.

    Args:
        kind: Kind of organisation.
        place: Slug of the place.
        words: Words that must occur in a name, now or before, or in its initials.
        has_closed: Whether closed organisations are listed too.
    """

    kind: str = ""
    place: str = ""
    words: str = ""
    has_closed: bool = False


def organisation_list(seen: Sight, wanted: OrganisationFilter) -> QuerySet[Organisation]:
    """Return organisations with their names, the city's own first."""
    rows = seen(Organisation).select_related("place").prefetch_related("names")
    if not wanted.has_closed:
        rows = rows.filter(to_on__isnull=True)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.place:
        rows = rows.filter(place__slug=wanted.place)
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(named(word))
    return rows.order_by("place__parent_id", "place__order", "place_id", "order", "pk")


def named(word: str, path: str = "") -> Q:
    """Return the condition that an organisation has a word in a name, now or before, or in its initials."""
    other = OrganisationName.objects.filter(organisation=OuterRef(f"{path}pk"))
    own = Q(**{f"{path}name__icontains": word}) | Q(**{f"{path}short_name__icontains": word})
    found = own | Q(Exists(other.filter(name__icontains=word)))
    if word.isascii() and word.isalnum():
        found |= Q(**{f"{path}initials__contains": word.lower()})
        found |= Q(Exists(other.filter(initials__contains=word.lower())))
    return found


def organisation_at(seen: Sight, slug: str) -> Organisation | None:
    """Return one organisation with its names, or None."""
    rows = seen(Organisation).select_related("place", "place__parent").prefetch_related("names")
    return rows.filter(slug=slug).first()


def part_counts(seen: Sight, organisations: Iterable[Organisation]) -> dict[int, dict[str, int]]:
    """Return for each organisation how many tasks in force it has in each role."""
    rows = seen(TaskParty).filter(
        organisation__in=[each.pk for each in organisations],
        to_on__isnull=True,
        task__withdrawn_at__isnull=True,
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows.order_by().values("organisation", "role").annotate(n=Count("pk")):
        found.setdefault(row["organisation"], {})[row["role"]] = row["n"]
    return found


def parts_of(seen: Sight, organisation: Organisation) -> QuerySet[TaskParty]:
    """Return the parts of an organisation in tasks in force, those that it leads first."""
    rows = seen(TaskParty).filter(
        organisation=organisation, to_on__isnull=True, task__withdrawn_at__isnull=True
    )
    return rows.select_related("task__plan").order_by("task__plan_id", "task__order")


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return who is a member of an organisation now."""
    rows = organisation.memberships.filter(to_on__isnull=True, account__is_active=True)
    return rows.select_related("account").order_by("pk")


def changes_of(organisation: Organisation) -> list[OrganisationChange]:
    """Return what became of an organisation and where it came from, the newest first."""
    found = {
        change.pk: change
        for rows in (organisation.changes_out, organisation.changes_in)
        for change in rows.select_related("recorded_by").prefetch_related("before", "after")
    }
    return sorted(found.values(), key=lambda change: (change.on, change.pk), reverse=True)


def places_of(seen: Sight) -> list[Place]:
    """Return the places in sight: each city with its districts after it."""
    rows = list(seen(Place).order_by("order", "pk"))
    tops = [place for place in rows if place.parent_id not in {each.pk for each in rows}]
    return [each for top in tops for each in (top, *(row for row in rows if row.parent_id == top.pk))]


def city_organisations(seen: Sight, place: Place) -> list[Organisation]:
    """Return the open organisations of a city and of the places below it, with their names."""
    return list(organisation_choices(seen, place).select_related("place").prefetch_related("names"))


def organisation_choices(seen: Sight, place: Place) -> QuerySet[Organisation]:
    """Return the open organisations of a city and of the places below it, for a choice."""
    below = Q(place=place) | Q(place__parent=place) | Q(place__parent__parent=place)
    return seen(Organisation).filter(below, to_on__isnull=True).order_by("place__order", "order", "pk")


def names_in(organisations: Sequence[Organisation]) -> tuple[Named, Named]:
    """Return which organisations have a name now, and which had it before."""
    names: Named = {}
    former: Named = {}
    for each in organisations:
        rows = list(each.names.all())
        own = [row.name for row in rows if not row.is_former]
        for name in dict.fromkeys((each.name, each.short_name, *own)):
            names.setdefault(name, []).append(each)
        for row in rows:
            if row.is_former:
                former.setdefault(row.name, []).append(each)
    return names, former


def open_matches(seen: Sight, place: Place) -> list[UnitMatch]:
    """Return the units of a place that nobody has confirmed, in the order in which plans name them."""
    return list(seen(UnitMatch).filter(place=place, is_confirmed=False).order_by("pk"))


def confirmed_matches(seen: Sight, place: Place) -> QuerySet[UnitMatch]:
    """Return the confirmed units of a place with their organisations."""
    rows = seen(UnitMatch).filter(place=place, is_confirmed=True)
    members = Prefetch("members", queryset=seen(Organisation).order_by("place__order", "order", "pk"))
    return rows.select_related("organisation", "decided_by").prefetch_related(members).order_by("pk")


def open_match_counts(seen: Sight) -> dict[int, int]:
    """Return for each place how many units nobody has confirmed."""
    rows = seen(UnitMatch).filter(is_confirmed=False).order_by().values("place")
    return {row["place"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def named_units(seen: Sight, place: Place) -> list[NamedUnit]:
    """Return the units that the published plans of a place name, with their spellings."""
    rows = (
        seen(TaskUnit)
        .filter(task__version__plan__place=place)
        .order_by("task__version_id", "task_id", "place")
    )
    spellings: dict[str, dict[str, None]] = {}
    terms: dict[str, str] = {}
    for label, name, term in rows.values_list("label", "name", "organisation"):
        spellings.setdefault(label, {})[name] = None
        terms.setdefault(label, term)
    return [
        NamedUnit(label=label, spellings=tuple(names), term=terms[label])
        for label, names in spellings.items()
    ]


def unit_counts(seen: Sight, place: Place) -> Mapping[str, int]:
    """Return for each unit that the published plans of a place name in how many tasks it stands."""
    rows = seen(TaskUnit).filter(task__version__plan__place=place).order_by().values("label")
    return {row["label"]: row["n"] for row in rows.annotate(n=Count("task", distinct=True))}


def district_candidates(seen: Sight, place: Place) -> list[tuple[str, int]]:
    """Return names of districts for which the plans of a place state targets, and how many each.

    Names that stand as places below the city already are left out.
    """
    known = set(seen(Place).filter(parent=place).values_list("name", flat=True))
    rows = seen(PublishedTarget).filter(version__plan__place=place, scope__regex=_DISTRICT_ENDINGS)
    counted = rows.exclude(scope__in=(*_NO_DISTRICTS, place.name)).order_by().values("scope")
    found = {
        row["scope"]: (row["first"], row["n"]) for row in counted.annotate(n=Count("pk"), first=Min("place"))
    }
    return [
        (name, n) for name, (_, n) in sorted(found.items(), key=lambda each: each[1][0]) if name not in known
    ]
