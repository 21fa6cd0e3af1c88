"""Targets that are counted, the cases behind a number, and the shares of districts, as far as in sight."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from shuiheng.adapters.records.models import ProgrammeCase, RegisterTarget, TargetShare
from shuiheng.adapters.records.queries_register import shares_in_plan
from shuiheng.adapters.records.sight import Sight

COUNTABLE = ("count", "level", "milestone", "increment")
WORDS_LIMIT, AT_ONCE = 60, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFilter:
    """Which targets are listed; empty fields do not filter.

    Args:
        plan: Slug of a plan.
        kind: Kind of target.
        words: Words in the metric, the quote or the scope.
    """

    plan: str = ""
    kind: str = ""
    words: str = ""


def countable_targets(seen: Sight, wanted: CountFilter) -> QuerySet[RegisterTarget]:
    """Return the targets in force that cases can count for, in the order of their plans."""
    rows = seen(RegisterTarget).filter(withdrawn_at__isnull=True, kind__in=COUNTABLE)
    rows = rows.select_related("plan__place__parent", "published")
    if wanted.plan:
        rows = rows.filter(plan__slug=wanted.plan)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    for word in wanted.words[:WORDS_LIMIT].split():
        rows = rows.filter(Q(metric__icontains=word) | Q(quote__icontains=word) | Q(scope__icontains=word))
    return rows.order_by("plan_id", "order", "pk")


def counted_target(seen: Sight, key: int) -> RegisterTarget | None:
    """Return one target in force, or None."""
    rows = seen(RegisterTarget).select_related("plan__place__parent", "task", "published")
    return rows.filter(pk=key, withdrawn_at__isnull=True).first()


def cases_in_sight(seen: Sight, keys: Collection[int]) -> Mapping[int, ProgrammeCase]:
    """Return those of some cases that a reader may see, by key, with what a list shows of them."""
    found: dict[int, ProgrammeCase] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), AT_ONCE):
        rows = seen(ProgrammeCase).filter(pk__in=wanted[start : start + AT_ONCE])
        rows = rows.select_related("district").only(
            "kind", "subject_name", "number", "phase", "holding", "valid_until", "district__name"
        )
        found |= {row.pk: row for row in rows}
    return found


def shares_of(seen: Sight, target: RegisterTarget, names: Mapping[str, str]) -> Mapping[str, Decimal]:
    """Return what each district has to reach, by its key: the share that was set, else what the plan states.

    Args:
        seen: What the reader may see.
        target: The target of the city.
        names: Names of the districts by key.
    """
    planned = shares_in_plan(seen, target)
    found = {
        key: stated.value
        for key, name in names.items()
        if (stated := planned.get(name)) is not None and stated.value is not None
    }
    rows = seen(TargetShare).filter(target=target, superseded_at__isnull=True)
    return found | {str(key): value for key, value in rows.values_list("place_id", "value")}
