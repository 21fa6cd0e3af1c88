"""Why two values of one indicator differ (差异说明): which facts changed, and what each change did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from shuiheng.indicators.evaluate import evaluate
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.indicators.figure_content import StoredFigure, figure_content, stored_figure
from shuiheng.indicators.standing_content import SIDES, amounts_in, recompute_inputs
from shuiheng.kernel.json_fields import Fields


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
class CountChange:
    """What counts otherwise in the later value (差异说明).

    Args:
        key: `case:` or `progress:` with the key of a case or report, or `list:` with the part of a list.
        before: How much it counted; None where it did not count, or nobody knew how much.
        after: How much it counts.
    """

    key: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDifference:
    """What lies between two values of one indicator or target (数据差异).

    Args:
        before: The earlier value.
        after: The later value.
        changes: The facts that changed.
        is_redefined: Whether formula, constants, unit or what is asked for changed.
        counts: What counts otherwise, where cases or lists give the value.
    """

    before: Decimal | None
    after: Decimal | None
    changes: tuple[FactChange, ...]
    is_redefined: bool
    counts: tuple[CountChange, ...] = ()

    @property
    def is_same(self) -> bool:
        """Return whether both values have the same digits' worth."""
        return self.before == self.after

    @property
    def is_explained(self) -> bool:
        """Return whether a difference has a cause."""
        is_moved = bool(self.counts) or any(each.moves_value for each in self.changes)
        return self.is_same or self.is_redefined or is_moved

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


def inputs_difference(before: object, after: object) -> FigureDifference:
    """Return what lies between two values of one target, from what each was made of (差异说明).

    Values and effects are in the unit of the target.

    Args:
        before: What the earlier value was made of.
        after: What the later value was made of.

    Raises:
        JsonFormatError: One of both does not have the form of the format.
    """
    old, new = Fields(before, "made_of"), Fields(after, "made_of")
    by = old.take("by", str)
    found = FigureDifference(
        before=recompute_inputs(before),
        after=recompute_inputs(after),
        changes=(),
        is_redefined=by != new.take("by", str),
    )
    if found.is_redefined:
        return found
    if by == "indicator":
        return _of_indicator(found, old, new)
    if by == "rise":
        now, base = (inputs_difference(old.at(side).source, new.at(side).source) for side in SIDES)
        return replace(
            found,
            changes=_joined(now.changes, (_scaled(each, Decimal(-1)) for each in base.changes)),
            is_redefined=now.is_redefined or base.is_redefined,
        )
    one, other = amounts_in(before), amounts_in(after)
    keys = dict.fromkeys((*one, *other))
    counts = tuple(
        CountChange(key=key, before=one.get(key), after=other.get(key))
        for key in keys
        if (key in one, one.get(key)) != (key in other, other.get(key))
    )
    is_redefined = old.get("factor", str) != new.get("factor", str)
    return replace(found, counts=counts, is_redefined=is_redefined)


def _of_indicator(found: FigureDifference, old: Fields, new: Fields) -> FigureDifference:
    """Return the difference of the indicator that gives the value of a target, in the unit of the target."""
    one, other = (stored_figure(each.at("figure").source) for each in (old, new))
    inner = figure_difference(one, other)
    scales = [Decimal(each.take("scale", str)) for each in (old, new)]
    factor = one.figure.version.unit.to_base(Decimal(1)) / scales[0]
    return replace(
        found,
        changes=tuple(_scaled(each, factor) for each in inner.changes),
        is_redefined=inner.is_redefined or scales[0] != scales[1],
    )


def _scaled(change: FactChange, factor: Decimal) -> FactChange:
    return replace(change, effect=None if change.effect is None else change.effect * factor)


def _joined(*sides: Iterable[FactChange]) -> tuple[FactChange, ...]:
    """Return changes with one for each fact: what moves both sides of a rise has the effects of both."""
    found: dict[FactKey, FactChange] = {}
    for change in (each for side in sides for each in side):
        known = found.get(change.key)
        found[change.key] = change if known is None else replace(change, effect=_both(known, change))
    return tuple(found.values())


def _both(one: FactChange, other: FactChange) -> Decimal | None:
    return None if one.effect is None or other.effect is None else one.effect + other.effect


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
