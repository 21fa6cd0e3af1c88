"""How an amount came about: each step with its inputs, its arithmetic and the rule that asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.kernel.citation import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One input of a step.

    Args:
        name: Id of what it is; the words stand in `rulebook/words/derivation.yaml`.
        value: The exact value, not rounded.
        unit: `m3`, `yuan`, `yuan_m3`, `ratio`, `times`, `days`, `persons` or a unit of activity.
        origin: Key of what it was read from, such as `settled_month:12`; empty for a result of a step before.
        label: What tells it from others of its name: a month, a band, a product.
    """

    name: str
    value: Decimal
    unit: str
    origin: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of arithmetic (计算步骤).

    Args:
        name: Id of what the step gives; the words stand in `rulebook/words/derivation.yaml`.
        terms: The inputs, in the order of the formula.
        formula: The arithmetic with the figures in place, such as `1000 × 1 × 4.32`.
        value: The exact result.
        unit: The unit of the result.
        citation: The rule that asks for the step, or None for plain arithmetic.
        label: What tells it from others of its name: a month, a band, a product.
    """

    name: str
    terms: tuple[Term, ...]
    formula: str
    value: Decimal
    unit: str
    citation: Citation | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A result with all the steps that led to it (推导).

    Args:
        value: The result, rounded once where the rule says so.
        unit: Its unit.
        steps: The steps in their order; the last one gives `value`.
    """

    value: Decimal
    unit: str
    steps: tuple[Step, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return the rules on which it rests, each once, in the order of use."""
        return unique_citations(step.citation for step in self.steps)

    @property
    def is_trial(self) -> bool:
        """Return whether it may not be issued: it rests on a value that does not bind, or on none."""
        return not self.citations or not all(each.is_binding for each in self.citations)


def unique_citations(citations: Iterable[Citation | None]) -> tuple[Citation, ...]:
    """Return the citations that are there, each once, in their order."""
    return tuple(dict.fromkeys(each for each in citations if each is not None))
