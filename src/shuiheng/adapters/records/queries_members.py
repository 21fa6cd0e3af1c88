"""Lists of members (名录): those of a year, one list with its users, and the lists that a user stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet

from shuiheng.adapters.records.models import (
    MemberList,
    MemberRow,
    MemberStanding,
    Place,
    PublishedThreshold,
    VersionState,
    WaterUser,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.rules.member_changes import Change

STANDINGS = (MemberStanding.IN.value, MemberStanding.UNKNOWN.value, MemberStanding.OUT.value)
CHANGES = tuple(change.value for change in Change)
LIMIT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    """Which users of a list are shown; empty fields do not filter.

    Args:
        words: Words that occur in a name, code or number.
        district: Key of the place in which a user lies.
        standing: `in`, `out` or `unknown`.
        change: What became of a user since the list before.
        most_first: Whether the greatest amounts stand first.
    """

    words: str = ""
    district: int | None = None
    standing: str = ""
    change: str = ""
    most_first: bool = False


def published_cut_offs(seen: Sight, city: Place) -> Sequence[PublishedThreshold]:
    """Return the cut-offs of the published plans of a city, in the order of the plans."""
    rows = seen(PublishedThreshold).filter(version__plan__place=city, version__state=VersionState.PUBLISHED)
    return list(rows.select_related("version__plan").order_by("version__plan", "place"))


def lists_of_year(seen: Sight, city: Place, year: int) -> Sequence[MemberList]:
    """Return the lists of a year that were not withdrawn, the adopted before the drafts."""
    rows = seen(MemberList).filter(place=city, year=year, withdrawn_at__isnull=True)
    return list(rows.select_related("drawn_by", "adopted_by").order_by("rule", "adopted_at", "pk"))


def years_of_lists(seen: Sight, city: Place) -> Sequence[int]:
    """Return the years of which there are lists, the newest first."""
    return list(
        seen(MemberList).filter(place=city).order_by("-year").values_list("year", flat=True).distinct()
    )


def adopted_with_rows(seen: Sight) -> Sequence[MemberList]:
    """Return the adopted lists on which users in sight stand, for readers who do not see whole lists."""
    rows = seen(MemberRow).filter(list__adopted_at__isnull=False, list__withdrawn_at__isnull=True)
    firsts = rows.order_by().values("list").annotate(first=Min("pk")).values("first")
    found = seen(MemberRow).filter(pk__in=firsts).select_related("list__place")
    return sorted((row.list for row in found), key=lambda each: (-each.year, each.rule, -each.pk))


def list_in_sight(seen: Sight, key: int) -> MemberList | None:
    """Return a list: in sight as a whole, or an adopted one on which a user in sight stands; or None."""
    linked = ("place", "drawn_by", "adopted_by", "withdrawn_by")
    whole = seen(MemberList).select_related(*linked).filter(pk=key).first()
    if whole is not None:
        return whole
    rows = seen(MemberRow).filter(list=key, list__adopted_at__isnull=False, list__withdrawn_at__isnull=True)
    row = rows.select_related(*(f"list__{name}" for name in linked)).first()
    return None if row is None else row.list


def member_rows(seen: Sight, listed: MemberList, wanted: MemberFilter) -> QuerySet[MemberRow]:
    """Return the users of a list, by number or the greatest first."""
    rows = seen(MemberRow).filter(list=listed).select_related("user__organisation__place")
    if wanted.standing:
        rows = rows.filter(standing=wanted.standing)
    if wanted.change:
        rows = rows.filter(values__change=wanted.change)
    if wanted.district is not None:
        rows = rows.filter(user__organisation__place=wanted.district)
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(
            Q(user__organisation__name__icontains=word)
            | Q(user__organisation__credit_code__startswith=word.upper())
            | Q(user__number__startswith=word)
        )
    if wanted.most_first:
        return rows.order_by(F("litres").desc(nulls_last=True), "user__number", "pk")
    return rows.order_by("user__number", "pk")


def standing_counts(seen: Sight, listed: MemberList) -> Mapping[str, int]:
    """Return how many users in sight stand where on a list."""
    rows = seen(MemberRow).filter(list=listed).order_by().values_list("standing").annotate(Count("pk"))
    return dict.fromkeys(STANDINGS, 0) | dict(rows)


def change_counts(seen: Sight, listed: MemberList) -> Mapping[str, int]:
    """Return how many users in sight entered, stayed, left or are doubted."""
    rows = seen(MemberRow).filter(list=listed)
    counted = rows.aggregate(**{change: Count("pk", filter=Q(values__change=change)) for change in CHANGES})
    return {change: counted[change] for change in CHANGES}


def lists_of_user(seen: Sight, user: WaterUser) -> Sequence[MemberRow]:
    """Return where a user stands on the newest adopted list of each rule that may cover it."""
    rows = seen(MemberRow).filter(user=user, list__adopted_at__isnull=False, list__withdrawn_at__isnull=True)
    newest: dict[tuple[int, str], MemberRow] = {}
    for row in rows.select_related("list").order_by("-list__year", "-list_id"):
        newest.setdefault((row.list.place_id, row.list.rule), row)
    return [row for row in newest.values() if row.standing != MemberStanding.OUT]
