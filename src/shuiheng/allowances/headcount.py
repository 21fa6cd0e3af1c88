"""Conventions by which people are counted for norms per person (折算人数)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.figures import shown
from shuiheng.allowances.model import Outcome, Unknown
from shuiheng.allowances.rule_fields import name_of
from shuiheng.kernel.derivation import Derived, Step, Term
from shuiheng.rules.parameter import DatedValue


def headcount(counts: Mapping[str, Decimal | None], value: DatedValue) -> Outcome:
    """Return how many people count for a norm per person (折算人数).

    Args:
        counts: People by group; a group that is not known is None, one that is not there is missing too.
        value: A rule of named numbers: what a person of each group counts.

    Returns:
        The number with its step, or the groups that are missing.

    Raises:
        BadRuleError: The rule has no numbers by name, or people are given that it does not count.
    """
    if not isinstance(value.value, Mapping):
        raise BadRuleError(name_of(value), "it needs numbers by group")
    weights = {name: held for name, held in value.value.items() if isinstance(held, Decimal)}
    unknown = sorted(set(counts) - set(weights))
    if unknown or len(weights) != len(value.value):
        raise BadRuleError(name_of(value), f"it does not count {', '.join(unknown) or 'by numbers'}")
    known = {name: held for name in weights if (held := counts.get(name)) is not None}
    missing = tuple(f"people_{name}" for name in weights if name not in known)
    if missing:
        return Unknown(missing=missing)
    total = sum((known[name] * weights[name] for name in weights), Decimal(0))
    step = Step(
        name="headcount",
        terms=tuple(
            Term(name=f"people_{name}", value=known[name], unit="persons", label=shown(weights[name]))
            for name in weights
        ),
        formula=" + ".join(f"{shown(known[name])} × {shown(weights[name])}" for name in weights),
        value=total,
        unit="persons",
        citation=value.citation,
    )
    return Derived(value=total, unit="persons", steps=(step,))
