"""Schemes of rewards with what is bound of their budget, and what users asked for under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from shuiheng.adapters.records.models import Award, AwardScheme, AwardState, Place, SchemeState, WaterUser
from shuiheng.adapters.records.sight import Grain, Sight

LIMIT = 60
STATES = tuple(state.value for state in AwardState)
GRANTED = (AwardState.APPROVED, AwardState.PAID)
OPEN_STATES = (AwardState.ASKED, AwardState.CHECKED)
LINKED = ("scheme__place", "user__organisation__place", "user__city")
PEOPLE = ("asked_by", "checked_by", "approved_by", "paid_by", "ended_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardFilter:
    """Which awards are shown; empty fields do not filter.

    Args:
        words: Words in the name or at the start of the number of a user, or in the subject.
        scheme: Key of a scheme.
        state: State of the award.
        has_twin: Whether only those are shown for whose subject something was asked before.
    """

    words: str = ""
    scheme: int | None = None
    state: str = ""
    has_twin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeLine:
    """A scheme with what is bound of its budget.

    Args:
        scheme: The scheme.
        committed: Yuan of approved and paid awards.
        paid: Yuan of paid awards.
        waiting: How many applications wait for a decision.
        count: How many applications there are.
    """

    scheme: AwardScheme
    committed: Decimal
    paid: Decimal
    waiting: int
    count: int

    @property
    def rest(self) -> Decimal | None:
        """What is left of the budget; None without a budget."""
        budget = self.scheme.budget_yuan
        return None if budget is None else budget - self.committed


def scheme_lines(seen: Sight, city: Place | None = None, key: int | None = None) -> Sequence[SchemeLine]:
    """Return the schemes in sight, of a city or one of them, with what is bound of each budget."""
    rows = seen(AwardScheme).select_related("place", "made_by", "opened_by", "ended_by")
    rows = rows.filter(place=city) if city is not None else rows
    rows = rows.filter(pk=key) if key is not None else rows
    counted = rows.annotate(
        committed=Sum("awards__amount_yuan", filter=Q(awards__state__in=GRANTED)),
        paid=Sum("awards__amount_yuan", filter=Q(awards__state=AwardState.PAID)),
        waiting=Count("awards", filter=Q(awards__state__in=OPEN_STATES)),
        count=Count("awards"),
    )
    return [
        SchemeLine(
            scheme=row,
            committed=row.committed or Decimal(0),
            paid=row.paid or Decimal(0),
            waiting=row.waiting,
            count=row.count,
        )
        for row in counted.order_by("-year", "-pk")
    ]


def open_to(seen: Sight) -> Sequence[tuple[WaterUser, Sequence[AwardScheme]]]:
    """Return the users in sight that are one's own, each with the schemes that its city has open."""
    if seen.grain is not Grain.METER:
        return []
    users = seen(WaterUser).filter(merged_into__isnull=True).select_related("organisation", "city")
    schemes: dict[int, Sequence[AwardScheme]] = {}
    for user in users:
        if user.city_id not in schemes:
            schemes[user.city_id] = list(user.city.award_schemes.filter(state=SchemeState.OPEN))
    return [(user, schemes[user.city_id]) for user in users]


def user_in_sight(seen: Sight, key: int) -> WaterUser | None:
    """Return a user with the city whose schemes it may ask for, or None."""
    return seen(WaterUser).select_related("organisation", "city").filter(pk=key).first()


def users_found(seen: Sight, city: Place, words: str) -> Sequence[WaterUser]:
    """Return the users of a city whose name or number holds all words, at most 20; none without words."""
    rows = seen(WaterUser).filter(city=city, merged_into__isnull=True).select_related("organisation")
    for word in words[:LIMIT].split():
        rows = rows.filter(Q(organisation__name__icontains=word) | Q(number__startswith=word))
    return list(rows[:20]) if words.strip() else []


def awards_in_sight(seen: Sight, wanted: AwardFilter) -> QuerySet[Award]:
    """Return the awards that a filter leaves, the newest first."""
    rows = seen(Award).select_related("scheme", "user__organisation__place")
    if wanted.scheme is not None:
        rows = rows.filter(scheme=wanted.scheme)
    if wanted.state in STATES:
        rows = rows.filter(state=wanted.state)
    if wanted.has_twin:
        rows = rows.filter(twin__isnull=False)
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(
            Q(user__organisation__name__icontains=word)
            | Q(user__number__startswith=word)
            | Q(subject__icontains=word)
        )
    return rows.order_by(F("asked_at").desc(), "-pk")


def award_counts(seen: Sight) -> Mapping[str, int]:
    """Return how many awards in sight are in each state."""
    counted = seen(Award).order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(STATES, 0) | dict(counted)


def award_in_sight(seen: Sight, key: int) -> Award | None:
    """Return one award with what its page shows, or None."""
    rows = seen(Award).select_related(*LINKED, *PEOPLE).prefetch_related("documents")
    return rows.filter(pk=key).first()
