"""Values that a city proposes, and checks that stand."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.records.models import LocalRule, LocalRuleState, Place, RuleCheck
from shuiheng.adapters.records.sight import Sight


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
