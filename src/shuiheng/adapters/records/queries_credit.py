"""Credit records in sight: the list of a filter, those of one unit, one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shuiheng.adapters.records.models import (
    CreditRecord,
    CreditRequest,
    CreditRequestState,
    CreditState,
    Organisation,
)
from shuiheng.adapters.records.sight import Grain, Sight

LIMIT = 60
OVER = "over"
STATES = (*(state.value for state in CreditState), OVER)
"""States by which a list is filtered; `over`: shown until its term ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFilter:
    """Which credit records are listed; empty fields do not filter.

    Args:
        words: Words in the name of the unit or in what it is.
        kind: Good or bad.
        state: A word of `STATES`.
        has_asked: Whether only those are listed about which something asked waits for a decision.
    """

    words: str = ""
    kind: str = ""
    state: str = ""
    has_asked: bool = False


def credit_in_sight(seen: Sight) -> QuerySet[CreditRecord]:
    """Return the records that a reader may see; a unit does not see what nobody has told it of."""
    rows = seen(CreditRecord).select_related("organisation", "user", "place")
    return rows.exclude(state=CreditState.PROPOSED) if seen.grain is Grain.METER else rows


def credit_list(seen: Sight, wanted: CreditFilter, on: date) -> QuerySet[CreditRecord]:
    """Return the records that a filter leaves, the newest first, each with `is_asked`."""
    rows = credit_in_sight(seen).annotate(is_asked=_is_asked(seen))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state == OVER:
        rows = rows.filter(state=CreditState.SHOWN, shown_until__lte=on)
    elif wanted.state == CreditState.SHOWN:
        rows = rows.filter(_shown_on(on))
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.has_asked:
        rows = rows.filter(is_asked=True)
    for word in wanted.words[:LIMIT].split():
        rows = rows.filter(Q(organisation__name__icontains=word) | Q(item__icontains=word))
    return rows


def credit_counts(seen: Sight, on: date) -> Mapping[str, int]:
    """Return how many records are shown on a day, are announced or proposed, and wait for a decision."""
    found: Mapping[str, int] = (
        credit_in_sight(seen)
        .annotate(is_asked=_is_asked(seen))
        .aggregate(
            shown=Count("pk", filter=_shown_on(on)),
            proposed=Count("pk", filter=Q(state=CreditState.PROPOSED)),
            notified=Count("pk", filter=Q(state=CreditState.NOTIFIED)),
            asked=Count("pk", filter=Q(is_asked=True)),
        )
    )
    return found


def one_credit(seen: Sight, key: int) -> CreditRecord | None:
    """Return one record with what its page shows, or None."""
    people = ("made_by", "notified_by", "released_by", "ended_by")
    return credit_in_sight(seen).select_related(*people).filter(pk=key).first()


def requests_of(seen: Sight, row: CreditRecord) -> Sequence[CreditRequest]:
    """Return what was asked about a record, the newest first."""
    rows = seen(CreditRequest).filter(record=row).select_related("asked_by", "decided_by")
    return list(rows)


def unit_in_sight(seen: Sight, key: int) -> Organisation | None:
    """Return a unit in sight, or None."""
    return seen(Organisation).select_related("place").filter(pk=key).first()


def units_found(seen: Sight, words: str) -> Sequence[Organisation]:
    """Return the units whose name or code holds all words, at most 20; none without words."""
    rows = seen(Organisation).order_by("name", "pk")
    for word in words[:LIMIT].split():
        rows = rows.filter(Q(name__icontains=word) | Q(credit_code__startswith=word))
    return list(rows[:20]) if words.strip() else []


def _is_asked(seen: Sight) -> Exists:
    """Return whether something that was asked about a record waits for a decision."""
    waiting = seen(CreditRequest).filter(record=OuterRef("pk"), state=CreditRequestState.ASKED)
    return Exists(waiting)


def _shown_on(day: date) -> Q:
    return Q(state=CreditState.SHOWN) & (Q(shown_until__isnull=True) | Q(shown_until__gt=day))
