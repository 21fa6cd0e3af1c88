"""What a proposed value would change: what holds on its first day, and whether it is looser than above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shuiheng.adapters.records.models import LocalRule
from shuiheng.kernel.finding import Finding
from shuiheng.rules.checks import check_rule_is_not_looser, check_rule_is_not_silent
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.in_force import Rulebook, in_force
from shuiheng.rules.parameter import Asked, DatedValue, Parameter
from shuiheng.services.rules.rulebook_now import local_value, rulebook_now


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """A proposed value beside what holds without it.

    Args:
        rule: The rule without the value.
        value: The proposed value, or None when the rule can no longer read it.
        before: What holds on its first day without it, or None.
        found: What is wrong with it beside the values of places above: that it is looser, or says less.
    """

    rule: Parameter
    value: DatedValue | None
    before: DatedValue | None
    found: Sequence[Finding]


def impact_of(row: LocalRule) -> Impact | None:
    """Return what a proposed value would change; None when the rulebook has no such rule any more."""
    book = rulebook_now(row.place)
    value = local_value(row)
    if row.rule not in book:
        return None
    rule = book[row.rule]
    if value is None:
        return Impact(rule=rule, value=None, before=None, found=())
    others = replace(rule, values=tuple(each for each in rule.values if each != value))
    asked = Asked(area=value.area, on=value.valid_from)
    try:
        before = in_force(others, asked).value
    except NotInForceError:
        before = None
    with_it = replace(others, values=(*others.values, value))
    found = (
        each
        for each in (*check_rule_is_not_looser(with_it), *check_rule_is_not_silent(with_it))
        if dict(each.values)["area"] == (value.area or "CN")
        and dict(each.values)["since"] == value.valid_from.isoformat()
    )
    return Impact(rule=others, value=value, before=before, found=tuple(found))


def findings_of(row: LocalRule) -> Sequence[Finding]:
    """Return what is wrong with a proposed value beside the values of places above."""
    impact = impact_of(row)
    return () if impact is None else impact.found


def rulebook_with(row: LocalRule) -> Rulebook:
    """Return the rulebook of a city as it would be if a proposed value held alone on its days.

    Raises:
        KeyError: The rulebook has no such rule any more.
    """
    book = rulebook_now(row.place)
    value = local_value(row)
    rule = book[row.rule]
    if value is None:
        return book
    kept = tuple(
        each for each in rule.values if (each.area, each.valid_from) != (value.area, value.valid_from)
    )
    return Rulebook({**book, row.rule: replace(rule, values=(*kept, value))})
