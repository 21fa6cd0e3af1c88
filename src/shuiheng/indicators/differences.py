"""Why two values of one indicator differ (差异说明): which facts changed, and what each change did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from shuiheng.indicators.evaluate import evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.figure_content import StoredFigure, figure_content


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """A fact that is another one in the later value (基础数据变动).

    Args:
        key: Which fact.
        before: The fact of the earlier value; None where it was missing or not asked for.
        after: The fact of the later value; None where it is missing or no longer asked for.
        effect: By how much the value changed with it, the changes taken one after the other; None where
            there is no value before or after it, or where the definition changed too.
    """

    key: FactKey
    before: FactFigure | None
    after: FactFigure | None
    effect: Decimal | None = None

    @property
    def moves_value(self) -> bool:
        """Return whether the fact itself is another, and not only where it comes from."""
        return (self.before and self.before.value) != (self.after and self.after.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDifference:
    """What lies between two values of one indicator (数据差异).

    Args:
        before: The earlier value.
        after: The later value.
        changes: The facts that changed.
        is_redefined: Whether formula, constants, unit or what is asked for changed.
    """

    before: Decimal | None
    after: Decimal | None
    changes: tuple[FactChange, ...]
    is_redefined: bool

    @property
    def is_same(self) -> bool:
        """Return whether both values have the same digits' worth."""
        return self.before == self.after

    @property
    def is_explained(self) -> bool:
        """Return whether a difference has a cause."""
        return self.is_same or self.is_redefined or any(each.moves_value for each in self.changes)

    @property
    def by(self) -> Decimal | None:
        """Return the later value less the earlier one; None where one is not known."""
        return None if self.before is None or self.after is None else self.after - self.before


def figure_difference(before: StoredFigure, after: StoredFigure) -> FigureDifference:
    """Return what lies between two values of one indicator, with the causes (差异说明)."""
    is_redefined = _defined(before) != _defined(after)
    changes = _changes(before.book, after.book)
    if not is_redefined:
        changes = _with_effects(before, changes)
    return FigureDifference(
        before=before.value, after=after.value, changes=tuple(changes), is_redefined=is_redefined
    )


def _defined(stored: StoredFigure) -> dict[str, object]:
    content = figure_content(stored.figure, stored.book.kinds)
    return {name: content[name] for name in ("version", "question", "kinds")}


def _changes(before: FactBook, after: FactBook) -> list[FactChange]:
    keys = dict.fromkeys((*before.figures, *after.figures))
    pairs = ((key, before.figures.get(key), after.figures.get(key)) for key in keys)
    return [FactChange(key=key, before=one, after=other) for key, one, other in pairs if one != other]


def _with_effects(before: StoredFigure, changes: Sequence[FactChange]) -> list[FactChange]:
    """Return the changes with what each did, applied one after the other."""
    known, value = dict(before.book.figures), before.figure.value
    found = []
    for change in changes:
        if change.after is None:
            known.pop(change.key, None)
        else:
            known[change.key] = change.after
        book = FactBook(kinds=before.book.kinds, figures=known)
        later = evaluate(before.figure.indicator, before.figure.question, book).value
        effect = None if value is None or later is None else later - value
        found.append(replace(change, effect=effect))
        value = later
    return found
