"""Shares of a dated list that have been reached (建成率): by number or by weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.programmes.counting import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMember:
    """A subject on the list of a denominator (名录).

    Args:
        subject: Its key.
        district: Its district.
        from_on: First day on the list.
        to_on: First day no longer on it, or None.
        weight: What it weighs, such as its use of the year; None while that is unknown.
    """

    subject: str
    district: str
    from_on: date
    to_on: date | None = None
    weight: Decimal | None = Decimal(1)

    def is_listed(self, on: date) -> bool:
        """Return whether it is on the list on a day."""
        return self.from_on <= on and (self.to_on is None or on < self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share with what it was made of (建成率).

    Args:
        reached: Members that count.
        open: Members that do not.
        outside: Subjects that count and are not on the list; they are in neither part.
    """

    reached: tuple[ListMember, ...]
    open: tuple[ListMember, ...]
    outside: tuple[str, ...]

    @property
    def unweighed(self) -> tuple[str, ...]:
        """Return the members of which the weight is unknown."""
        return tuple(each.subject for each in (*self.reached, *self.open) if each.weight is None)

    @property
    def numerator(self) -> Decimal:
        """Return the weight that is known to have been reached."""
        return _weight(self.reached)

    @property
    def denominator(self) -> Decimal:
        """Return the weight of the list as far as it is known."""
        return self.numerator + _weight(self.open)

    @property
    def value(self) -> Decimal | None:
        """Return the share; None for an empty list, and while a weight is unknown."""
        if self.unweighed or not self.denominator:
            return None
        return self.numerator / self.denominator


def rate_of(count: Count, members: Iterable[ListMember], on: date) -> Rate:
    """Return which share of the list of a day has been reached (建成率).

    A subject that counts and is not on the list does not raise the share: numerator and denominator are of
    one list.
    """
    listed = sorted(
        {each.subject: each for each in members if each.is_listed(on)}.values(), key=lambda each: each.subject
    )
    counted = {case.tally.subject for case in count.cases}
    names = {each.subject for each in listed}
    return Rate(
        reached=tuple(each for each in listed if each.subject in counted),
        open=tuple(each for each in listed if each.subject not in counted),
        outside=tuple(sorted(counted - names)),
    )


def _weight(members: Iterable[ListMember]) -> Decimal:
    return sum((each.weight for each in members if each.weight is not None), Decimal(0))
