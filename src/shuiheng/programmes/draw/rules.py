"""The rules of a draw from the values of the rulebook: how many inspectors, which weights, who is spared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_CEILING, Decimal

from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.rule_fields import check_names, name_of, number_field, record_of, texts_field
from shuiheng.kernel.term import Term, TermUnit, same_day
from shuiheng.programmes.draw.model import DrawRules
from shuiheng.rules.parameter import DatedValue

TEAM, WEIGHTS, SPARED = "inspections/team", "inspections/draw_weights", "inspections/spared"


def draw_rules_of(values: Mapping[str, DatedValue], *, as_of: date) -> DrawRules:
    """Return the rules of a draw (抽查规则).

    Args:
        values: What is in force on the day of the register, by `TEAM`, `WEIGHTS` and, where the place
            spares who was inspected recently, `SPARED`.
        as_of: The day of the register.

    Raises:
        BadRuleError: A value has not the form that the rule needs.
    """
    used = [values[TEAM], values[WEIGHTS]]
    after: date | None = None
    never: tuple[str, ...] = ()
    if (spared := values.get(SPARED)) is not None:
        after, never = spared_by(spared, as_of=as_of)
        used.append(spared)
    return DrawRules(
        team=team_of(values[TEAM]),
        weights=weights_of(values[WEIGHTS]),
        spared_after=after,
        never_spared=never,
        basis=tuple(_basis(used)),
    )


def team_of(value: DatedValue) -> int:
    """Return how many inspectors go to each object at least.

    Raises:
        BadRuleError: It is no whole number above 0.
    """
    team = value.value
    if not isinstance(team, Decimal) or team != team.to_integral_value() or team < 1:
        raise BadRuleError(name_of(value), "it must be a whole number of persons above 0")
    return int(team)


def weights_of(value: DatedValue) -> Mapping[str, Decimal]:
    """Return the weight of each credit class (信用分类).

    Raises:
        BadRuleError: A weight is no number above 0; who can never be drawn is not drawn at random.
    """
    weights = {name: weight for name, weight in record_of(value).items() if isinstance(weight, Decimal)}
    if len(weights) != len(record_of(value)) or any(weight <= 0 for weight in weights.values()):
        raise BadRuleError(name_of(value), "each credit class needs a number above 0")
    return weights


def spared_by(value: DatedValue, *, as_of: date) -> tuple[date, tuple[str, ...]]:
    """Return the day after which an inspection spares its object, and the classes that are never spared.

    Raises:
        BadRuleError: The value has another form.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=("months", "never"), rule=rule)
    months = number_field(record, "months", rule=rule)
    if months != months.to_integral_value() or months < 1:
        raise BadRuleError(rule, "months must be a whole number above 0")
    never = texts_field(record, "never", rule=rule)
    return same_day(as_of, Term(count=-int(months), unit=TermUnit.MONTHS)), never


def size_of(count: int, share: Decimal) -> int:
    """Return how many objects a share asks for, the next whole number above it (抽查数量)."""
    return int((count * share).to_integral_value(rounding=ROUND_CEILING))


def _basis(values: Iterable[DatedValue]) -> Iterable[tuple[str, str, str, str, str]]:
    for each in values:
        yield each.rule, each.area, each.valid_from.isoformat(), each.source, each.clause
