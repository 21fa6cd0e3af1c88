"""Values that a city proposes, checks that stand, and what was computed with a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from shuiheng.adapters.records.models import (
    AllowanceRound,
    ChargeRun,
    LocalRule,
    LocalRuleState,
    Place,
    RuleCheck,
)
from shuiheng.adapters.records.sight import Sight

MOST_USES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """A run or a round that was computed with a rule.

    Args:
        kind: `charge_run` or `allowance_round`.
        key: Its key.
        title: Its name.
        year: Year of its first day.
    """

    kind: str
    key: int
    title: str
    year: int


def proposals_of(seen: Sight, city: Place, *, rule: str = "", state: str = "") -> Sequence[LocalRule]:
    """Return the values that a city proposed, the newest first; of one rule or in one state."""
    rows = seen(LocalRule).filter(place=city)
    if rule:
        rows = rows.filter(rule=rule)
    if state in LocalRuleState.values:
        rows = rows.filter(state=state)
    return list(rows.select_related("proposed_by", "decided_by", "withdrawn_by", "place"))


def proposal_in_sight(seen: Sight, key: int) -> LocalRule | None:
    """Return a proposed value with who proposed, decided and withdrew it, or None."""
    linked = ("place", "proposed_by", "decided_by", "withdrawn_by")
    return seen(LocalRule).select_related(*linked).filter(pk=key).first()


def checks_in_sight(seen: Sight, city: Place, rule: str) -> Sequence[RuleCheck]:
    """Return the checks of a rule in a city, those that stand and those taken back."""
    rows = seen(RuleCheck).filter(place=city, rule=rule)
    return list(rows.select_related("checked_by", "undone_by"))


def uses_of_rule(seen: Sight, city: Place, rule: str) -> Sequence[RuleUse]:
    """Return the newest rounds and runs of a city that were computed with a value of a rule."""
    rounds = (
        RuleUse(kind="allowance_round", key=row.pk, title=row.title, year=row.year)
        for row in seen(AllowanceRound).filter(place=city).order_by("-year", "-pk").iterator()
        if _cites(row.rules, rule)
    )
    runs = (
        RuleUse(kind="charge_run", key=row.pk, title=row.title, year=row.first.year)
        for row in seen(ChargeRun).filter(place=city).order_by("-first", "-pk").iterator()
        if _cites(row.rules, rule)
    )
    return [*islice(rounds, MOST_USES), *islice(runs, MOST_USES)]


def _cites(citations: object, rule: str) -> bool:
    rows = citations if isinstance(citations, list) else []
    return any(isinstance(each, dict) and each.get("rule") == rule for each in rows)
