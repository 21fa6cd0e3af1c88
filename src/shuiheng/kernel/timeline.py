"""Values that hold for runs of days, and what changes when a later belief replaces part of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Generic[T]):
    """A value that holds from a day to the day before another.

    Args:
        first: The first day on which it holds.
        end: The first day on which it no longer holds, or None while it goes on.
        value: What holds.
    """

    first: date
    end: date | None
    value: T

    def __post_init__(self) -> None:
        """Refuse a stretch without a day.

        Raises:
            ValueError: It ends on its first day or before.
        """
        if self.end is not None and self.end <= self.first:
            raise ValueError(f"a stretch from {self.first} cannot end on {self.end}")

    def holds_on(self, day: date) -> bool:
        """Return whether it holds on a day."""
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice(Generic[T]):
    """What a new belief does to those that stood.

    Args:
        dropped: Stretches that no longer stand, in the order given.
        added: Stretches that stand now, the new one and what remains of the dropped ones, by first day.
    """

    dropped: Sequence[Stretch[T]]
    added: Sequence[Stretch[T]]


def splice(standing: Iterable[Stretch[T]], new: Stretch[T]) -> Splice[T]:
    """Return what is dropped and added when `new` is believed for its days.

    Outside the days of `new` every day keeps its value. When all its days hold the same value
    already, nothing is dropped or added, so that saying a thing twice changes nothing.

    Args:
        standing: The stretches that stand; no two hold on one day.
        new: What is believed from now on for its days.
    """
    met = sorted((each for each in standing if _meet(each, new)), key=lambda each: each.first)
    if _is_said_already(met, new):
        return Splice(dropped=(), added=())
    added = [new]
    for each in met:
        if each.first < new.first:
            added.append(Stretch(first=each.first, end=new.first, value=each.value))
        if new.end is not None and (each.end is None or each.end > new.end):
            added.append(Stretch(first=new.end, end=each.end, value=each.value))
    return Splice(dropped=tuple(met), added=tuple(sorted(added, key=lambda each: each.first)))


def value_on(standing: Iterable[Stretch[T]], day: date) -> T | None:
    """Return what holds on a day, or None when nothing is known of it."""
    return next((each.value for each in standing if each.holds_on(day)), None)


def _meet(left: Stretch[T], right: Stretch[T]) -> bool:
    starts_in_time = right.end is None or left.first < right.end
    return starts_in_time and (left.end is None or right.first < left.end)


def _is_said_already(met: Sequence[Stretch[T]], new: Stretch[T]) -> bool:
    if not met or met[0].first > new.first or any(each.value != new.value for each in met):
        return False
    ends = [each.end for each in met]
    if any(end != after.first for end, after in zip(ends, met[1:], strict=False)):
        return False
    return ends[-1] is None or (new.end is not None and new.end <= ends[-1])
