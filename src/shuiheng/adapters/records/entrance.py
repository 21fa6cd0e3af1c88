"""Which meters a total counts: those in use at the entrance (level 1), by what stood last in each month.

A meter of another level measures the same water again, and the meters of a network measure that of
others. What is believed of a meter may change inside a month; then the last belief under which it was
in service decides, so that a meter that was taken away in the middle still counts, once, in one group.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from shuiheng.adapters.records.models import MeterFact
from shuiheng.metering.civil_time import month_after

ENTRANCE_LEVEL, USE_ROLE = 1, "use"
FLOW_ROLES = ("inlet", "outlet")


def counted(rows: QuerySet[MeterFact]) -> QuerySet[MeterFact]:
    """Return the beliefs, as they stand now, by which a meter counts for users, sectors and districts."""
    return rows.filter(superseded_at__isnull=True, level=ENTRANCE_LEVEL, role=USE_ROLE, is_active=True)


def flowing(rows: QuerySet[MeterFact]) -> QuerySet[MeterFact]:
    """Return the beliefs, as they stand now, by which a meter lets water into a zone or out of it."""
    return rows.filter(superseded_at__isnull=True, role__in=FLOW_ROLES, is_active=True).exclude(zone="")


def last_in_month(rows: QuerySet[MeterFact], month: date) -> QuerySet[MeterFact]:
    """Return those of `rows` that were the last about their meter in service in a month; one for each meter.

    Args:
        rows: Beliefs that stand now, about meters in service.
        month: First day of the month.
    """
    behind = month_after(month)
    later = MeterFact._default_manager.filter(
        subject=OuterRef("subject"),
        superseded_at__isnull=True,
        is_active=True,
        valid_from__gte=OuterRef("valid_to"),
    )
    stands = Q(valid_to__isnull=True) | Q(valid_to__gte=behind)
    ended = Q(valid_to__gt=month, valid_to__lt=behind) & ~Exists(later.filter(valid_from__lt=behind))
    return rows.filter(Q(valid_from__lt=behind) & (stands | ended))


def counted_in(facts: Iterable[MeterFact], month: date) -> set[int]:
    """Return the meters that count in a month by all beliefs that stand of some meters; as in SQL above."""
    last: dict[int, MeterFact] = {}
    behind = month_after(month)
    for fact in facts:
        stood = fact.valid_from < behind and (fact.valid_to is None or fact.valid_to > month)
        if stood and fact.is_active:
            known = last.get(fact.subject_id)
            if known is None or known.valid_from < fact.valid_from:
                last[fact.subject_id] = fact
    return {key for key, fact in last.items() if fact.level == ENTRANCE_LEVEL and fact.role == USE_ROLE}


def last_day_of(month: date) -> date:
    """Return the last day of a month."""
    return month_after(month) - timedelta(days=1)


def belief_on(path: str, on: date) -> Q:
    """Return the condition that a joined belief stands now and held on a day."""
    held = Q(**{f"{path}__superseded_at__isnull": True, f"{path}__valid_from__lte": on})
    return held & (Q(**{f"{path}__valid_to__isnull": True}) | Q(**{f"{path}__valid_to__gt": on}))
