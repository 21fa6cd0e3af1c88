"""Figures of a report computed again from what it holds (复算), and what lies between two reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.reports.figures import UNKNOWN
from shuiheng.reports.model import Figure, Quality, Report, figures_of
from shuiheng.reports.wording import quantity_words

STATED = frozenset({"天", "次"})
"""Measures of what is not counted from sources: days without their two days, and times."""


class Basis(StrEnum):
    """From what a figure is computed again.

    `sources`: its sources are counted. `days`: days between two days are counted. `stated`: it is a
    value that its source states. `unknown`: there was no value.
    """

    SOURCES = "sources"
    DAYS = "days"
    STATED = "stated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """A figure computed again (复算).

    Args:
        figure: The figure as it is printed.
        basis: From what it was computed again.
        value: What that gives.
        shown: How that is printed.
    """

    figure: Figure
    basis: Basis
    value: Decimal | None
    shown: str

    @property
    def is_same(self) -> bool:
        """Return whether value and words are those that were printed, to the digit."""
        return self.value == self.figure.value and self.shown == self.figure.shown

    @property
    def arithmetic(self) -> str:
        """Return how it is computed, written out."""
        match self.basis:
            case Basis.SOURCES:
                return " + ".join("1" for _ in self.figure.sources) if self.value and self.value <= 12 else ""
            case Basis.DAYS:
                return " − ".join(reversed(self.figure.inputs))
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A figure that differs between two reports (差异说明).

    Args:
        before: The figure of the earlier report; None where it had none.
        after: The figure of the later report; None where it has none.
        came: Sources that only the later one has.
        went: Sources that only the earlier one has.
    """

    before: Figure | None
    after: Figure | None
    came: tuple[str, ...]
    went: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the key of the figure."""
        figure = self.after or self.before
        return figure.key if figure else ""


def recomputed(report: Report) -> tuple[Recomputed, ...]:
    """Return every figure of a report computed again from what the report holds, each once (复算)."""
    return tuple(recompute_figure(figure) for figure in _by_key(report).values())


def recompute_figure(figure: Figure) -> Recomputed:
    """Return one figure computed again from its own sources and inputs (复算)."""
    if figure.value is None:
        return Recomputed(figure=figure, basis=Basis.UNKNOWN, value=None, shown=UNKNOWN)
    if figure.inputs:
        first, last = (date.fromisoformat(day) for day in figure.inputs)
        return _counted(figure, Basis.DAYS, (last - first).days)
    if figure.quality is Quality.COUNTED and figure.unit not in STATED:
        return _counted(figure, Basis.SOURCES, len(figure.sources))
    shown = _words(figure)
    return Recomputed(figure=figure, basis=Basis.STATED, value=figure.value, shown=shown)


def report_changes(before: Report, after: Report) -> tuple[FigureChange, ...]:
    """Return the figures that differ between two reports, with the sources that came and went (差异说明)."""
    old, new = _by_key(before), _by_key(after)
    pairs = ((old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old)))
    return tuple(_change(one, other) for one, other in pairs if _said(one) != _said(other))


def _change(one: Figure | None, other: Figure | None) -> FigureChange:
    old, new = one.sources if one else (), other.sources if other else ()
    return FigureChange(
        before=one,
        after=other,
        came=tuple(each for each in new if each not in set(old)),
        went=tuple(each for each in old if each not in set(new)),
    )


def _said(figure: Figure | None) -> tuple[Decimal | None, str, str] | None:
    return (figure.value, figure.unit, figure.shown) if figure else None


def _counted(figure: Figure, basis: Basis, number: int) -> Recomputed:
    return Recomputed(figure=figure, basis=basis, value=Decimal(number), shown=f"{number}{figure.unit}")


def _words(figure: Figure) -> str:
    if figure.value is None:
        return UNKNOWN
    if figure.quality is Quality.COUNTED:
        return f"{figure.value}{figure.unit}"
    return quantity_words(figure.value, figure.unit)


def _by_key(report: Report) -> Mapping[str, Figure]:
    return {figure.key: figure for figure in figures_of(report)}
