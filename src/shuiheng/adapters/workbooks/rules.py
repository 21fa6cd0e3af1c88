"""Rules between the cells of one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.plain import plain_word
from shuiheng.adapters.workbooks.printing import printed_value
from shuiheng.adapters.workbooks.template import Row, RowRule, RuleKind, Template, Value

_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "=": lambda left, right: left == right,
}


def broken_rules(template: Template, values: Row, *, at_fault: frozenset[str]) -> Iterator[tuple[str, Fault]]:
    """Yield the column and the fault of each rule that a row breaks.

    Args:
        template: The form with its rules.
        values: Values of the row.
        at_fault: Columns whose cell is at fault already; rules that need them are not held.
    """
    for rule in template.rules:
        if at_fault.isdisjoint({rule.left, *rule.right}):
            fault = _fault(template, rule, values)
            if fault is not None:
                yield rule.left, fault


def _fault(template: Template, rule: RowRule, values: Row) -> Fault | None:
    if rule.kind is RuleKind.REQUIRED_WHEN:
        when = values.get(rule.right[0])
        if values.get(rule.left) is None and isinstance(when, str):
            words = {plain_word(word) for word in rule.words}
            if plain_word(when) in words:
                other = template.column(rule.right[0]).zh
                return Fault("required_here", (("other", other), ("word", when)), rule.severity)
        return None
    left, others = values.get(rule.left), [values.get(key) for key in rule.right]
    if left is None or any(other is None for other in others):
        return None
    right = _sum(others)
    if right is None or isinstance(left, date) != isinstance(right, date) or isinstance(left, str):
        return None
    if _HOLDS[rule.operator](left, right):
        return None
    form = template.column(rule.left).form
    told = (
        ("operator", rule.operator),
        ("others", " + ".join(template.column(key).zh for key in rule.right)),
        ("expected", printed_value(right, form)),
    )
    return Fault("rule_broken", told, rule.severity)


def _sum(others: list[Value]) -> Decimal | date | None:
    """Return the sum of numbers, or the one day; None where neither is."""
    if len(others) == 1 and isinstance(others[0], date):
        return others[0]
    numbers = [Decimal(other) for other in others if isinstance(other, int | Decimal)]
    return sum(numbers, Decimal(0)) if len(numbers) == len(others) else None
