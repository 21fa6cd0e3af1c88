"""Steps of a derivation: each does its arithmetic exactly and writes it down with the figures in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import (
    ROUND_FLOOR,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import wraps
from typing import ParamSpec, TypeVar

from shuiheng.charges.errors import BadFigureError, UnknownFigureError
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term

P = ParamSpec("P")
R = TypeVar("R")

EXACT = Context(prec=60, rounding=ROUND_HALF_UP, traps=[DivisionByZero, InvalidOperation, Overflow])
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that is put into a charge (输入数值).

    Args:
        value: The exact value.
        origin: Key of what it was read from, such as `settled_month:12`.
        steps: The steps by which it came about, for a figure that was computed.
    """

    value: Decimal
    origin: str = ""
    steps: tuple[Step, ...] = ()


def figure_of(derived: Derived) -> Figure:
    """Return a result as a figure of a further derivation, with its steps."""
    return Figure(value=derived.value, steps=derived.steps)


def exactly(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function so that its arithmetic has 60 digits, whatever its caller has set."""

    @wraps(function)
    def with_all_digits(*args: P.args, **named: P.kwargs) -> R:
        with localcontext(EXACT):
            return function(*args, **named)

    return with_all_digits


def plain(value: Decimal) -> str:
    """Return a number without exponent and without zeros that say nothing."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def rounded(value: Decimal, unit: Decimal) -> Decimal:
    """Return a value rounded half up to a power of ten such as 0.01."""
    return value.quantize(unit, rounding=ROUND_HALF_UP)


def term_of(step: Step) -> Term:
    """Return the result of a step as an input of a later one."""
    return Term(name=step.name, value=step.value, unit=step.unit, label=step.label)


def given_term(name: str, figure: Figure | None, *, unit: str = "m3", label: str = "") -> Term:
    """Return a figure that was put in as an input of a step; an unknown one is never taken as 0.

    Raises:
        UnknownFigureError: It is not known.
        BadFigureError: It is below 0.
    """
    if figure is None:
        raise UnknownFigureError(name, label)
    if figure.value < 0:
        raise BadFigureError(name, figure.value, "it cannot be below 0")
    return Term(name=name, value=figure.value, unit=unit, origin=figure.origin, label=label)


def listed_step(name: str, value: Decimal, *, unit: str, citation: Citation, label: str = "") -> Step:
    """Return the step that takes a number from a rule as it stands there."""
    return Step(
        name=name, terms=(), formula=plain(value), value=value, unit=unit, citation=citation, label=label
    )


def due_step(name: str, to_date: Step, before: Figure) -> Step:
    """Return the step from an amount of the year to date to what is due now: less what was charged before."""
    charged = Term(name="charged_before", value=before.value, unit="yuan", origin=before.origin)
    return Step(
        name=name,
        terms=(term_of(to_date), charged),
        formula=f"{to_date.value:f} − {before.value:f}",
        value=to_date.value - before.value,
        unit="yuan",
    )


def product_step(
    name: str, terms: Sequence[Term], *, unit: str, citation: Citation | None = None, label: str = ""
) -> Step:
    """Return the step that multiplies its terms."""
    value = Decimal(1)
    for term in terms:
        value *= term.value
    return Step(
        name=name,
        terms=tuple(terms),
        formula=" × ".join(plain(term.value) for term in terms),
        value=value,
        unit=unit,
        citation=citation,
        label=label,
    )


def sum_step(
    name: str, terms: Sequence[Term], *, unit: str, citation: Citation | None = None, label: str = ""
) -> Step:
    """Return the step that adds its terms; without any it gives 0."""
    value = Decimal(0)
    formula = ""
    for term in terms:
        value += term.value
        sign = "" if not formula else " + " if term.value >= 0 else " − "
        formula += sign + plain(abs(term.value) if formula else term.value)
    return Step(
        name=name,
        terms=tuple(terms),
        formula=formula or "0",
        value=value,
        unit=unit,
        citation=citation,
        label=label,
    )


def rounded_step(name: str, before: Step, to: Decimal, *, citation: Citation | None = None) -> Step:
    """Return the step that rounds the result of the one before, half up."""
    value = rounded(before.value, to)
    return Step(
        name=name,
        terms=(term_of(before),),
        formula=f"{plain(before.value)} → {value:f}",
        value=value,
        unit=before.unit,
        citation=citation,
    )


def whole_fen(amounts: Mapping[str, Decimal], total: Decimal) -> dict[str, Decimal]:
    """Return parts of a rounded total in whole fen that add up to it; none of them is below 0.

    Each part is cut to the fen; what is missing goes to those that lost most, the first of equals first.
    What a coarser rounding of the total adds or takes falls on the largest part first.

    Args:
        amounts: Exact parts by name, from 0.
        total: Their sum, rounded.
    """
    parts = {name: amount.quantize(FEN, rounding=ROUND_FLOOR) for name, amount in amounts.items()}
    to_fen = rounded(sum(amounts.values(), Decimal(0)), FEN)
    missing = int((to_fen - sum(parts.values(), Decimal(0))) / FEN)
    for name in sorted(amounts, key=lambda name: parts[name] - amounts[name])[:missing]:
        parts[name] += FEN
    left = total - to_fen
    for name in sorted(parts, key=lambda name: -parts[name]):
        taken = max(left, -parts[name])
        parts[name] += taken
        left -= taken
    return parts
