"""A derivation as rows that page, Word and workbook print alike: what, how, how much, by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term

SHOWN = Context(prec=60, rounding=ROUND_HALF_UP)
SHOWN_PLACES = 6
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivationWords:
    """Words of one language for derivations; a word that nobody has entered is shown by its id.

    Args:
        names: Words of steps and terms.
        units: Words of units; empty where a number stands alone.
        labels: Words of labels that are ids, such as a class of use; other labels stand as they are.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def name(self, name: str, label: str) -> str:
        """Return what a step or term is called, with its label."""
        word = self.names.get(name, name)
        return f"{word} ({self.labels.get(label, label)})" if label else word

    def unit(self, unit: str) -> str:
        """Return the word of a unit."""
        return self.units.get(unit, unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """One input of a row: its name, its value, its unit and where it was read."""

    name: str
    value: str
    unit: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivationRow:
    """One step as it is printed (推导行).

    Args:
        name: What the step gives.
        formula: The arithmetic with the figures in place.
        value: The result; `≈` stands before one that does not end within six places.
        unit: Word of its unit.
        citation: The rule that asks for it, or None.
        terms: The inputs.
        is_result: Whether it is the last row, which gives the amount.
    """

    name: str
    formula: str
    value: str
    unit: str
    citation: Citation | None
    terms: tuple[TermRow, ...]
    is_result: bool


def derivation_rows(derived: Derived, words: DerivationWords) -> tuple[DerivationRow, ...]:
    """Return a derivation as rows, in the order of its steps (推导行)."""
    last = len(derived.steps) - 1
    return tuple(_row(step, words, is_result=place == last) for place, step in enumerate(derived.steps))


def shown_value(value: Decimal, unit: str) -> str:
    """Return a value as rows print it: money with at least two places, others without idle zeros.

    A value that goes on behind six places is rounded there and marked `≈`.
    """
    near = SHOWN.quantize(value, Decimal(1).scaleb(-SHOWN_PLACES))
    mark = "" if near == value else "≈"
    text = format(near, "f").rstrip("0").rstrip(".")
    if unit == "yuan" and near == near.quantize(FEN):
        text = format(near.quantize(FEN), "f")
    return mark + (text if text not in ("", "-0") else "0")


def _row(step: Step, words: DerivationWords, *, is_result: bool) -> DerivationRow:
    return DerivationRow(
        name=words.name(step.name, step.label),
        formula=step.formula,
        value=shown_value(step.value, step.unit),
        unit=words.unit(step.unit),
        citation=step.citation,
        terms=tuple(_term(term, words) for term in step.terms),
        is_result=is_result,
    )


def _term(term: Term, words: DerivationWords) -> TermRow:
    return TermRow(
        name=words.name(term.name, term.label),
        value=shown_value(term.value, term.unit),
        unit=words.unit(term.unit),
        origin=term.origin,
    )
