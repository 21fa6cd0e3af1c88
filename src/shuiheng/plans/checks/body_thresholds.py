"""The running text and the table must draw the same line for the same class."""

from __future__ import annotations

from collections.abc import Iterator

from shuiheng.kernel import Finding, Severity
from shuiheng.plans.checks.context import CheckContext, number_text
from shuiheng.plans.compare.likeness import pairs_in, plain, share_held
from shuiheng.plans.model import Threshold

SAME_CLASS = 0.6
SAME_EFFECT = 0.5


def threshold_differences(context: CheckContext) -> Iterator[Finding]:
    """Yield thresholds of the body that a row gives with another value.

    Class and effect must both agree in words: several lines drawn for several purposes
    are no contradiction.
    """
    rows = [each for each in context.plan.thresholds if each.task is not None]
    for one in (each for each in context.plan.thresholds if each.task is None):
        same = [row for row in rows if _is_same_rule(one, row)]
        if same and all(row.value != one.value for row in same):
            yield Finding(
                code="plans.body_value_differs",
                severity=Severity.WARN,
                subject=same[0].id,
                span=one.span,
                page=one.page,
                evidence=f"{one.quote}；{same[0].quote}",
                values=(
                    ("metric", f"{one.applies_to}（{one.quantity}）"),
                    ("body", f"{number_text(one.value)}{one.unit}"),
                    ("table", f"{number_text(same[0].value)}{same[0].unit}"),
                ),
            )


def _is_same_rule(one: Threshold, other: Threshold) -> bool:
    return (
        (one.quantity, one.unit, one.op) == (other.quantity, other.unit, other.op)
        and _likeness(one.applies_to, other.applies_to) >= SAME_CLASS
        and _likeness(one.effect, other.effect) >= SAME_EFFECT
    )


def _likeness(one: str, other: str) -> float:
    """Share of the shorter words that the longer ones hold."""
    shorter, longer = sorted((plain(one), plain(other)), key=len)
    return share_held(shorter, pairs_in(longer)) if shorter else 0.0
