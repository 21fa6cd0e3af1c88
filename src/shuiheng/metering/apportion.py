"""How the litres of an interval lie over its time: days by greatest remainder, hours within a day.

An interval is always spread over civil days first. A longer period is the sum of its
days, and a boundary inside a day divides that day's share, so that every grouping of
days, months and hours agrees to the litre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from shuiheng.metering.civil_time import (
    HOUR,
    MONDAY_SHIFT,
    OFFSET,
    WEEK,
    cut_at,
    midnights_inside,
    month_index,
    month_starts_inside,
)
from shuiheng.metering.errors import BadProfileError, OrderError
from shuiheng.metering.model import EVEN, HOURS_OF_WEEK, MONTHS_OF_YEAR, Interval, Profile, Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """An amount of water laid over time (分摊).

    Args:
        cuts: Begin, the local midnights inside, and end.
        upto: Litres from the begin up to each cut; the last one is the whole amount.
        profile: How a part of a day is divided.
        rung: How the amount was estimated; None when registers tell it.
    """

    cuts: tuple[int, ...]
    upto: tuple[int, ...]
    profile: Profile
    rung: Rung | None = None

    @property
    def start_at(self) -> int:
        """Begin, not part of it."""
        return self.cuts[0]

    @property
    def end_at(self) -> int:
        """End, part of it."""
        return self.cuts[-1]

    @property
    def litres(self) -> int:
        """The whole amount."""
        return self.upto[-1]


def profile_of(*, name: str, hours: Sequence[int], months: Sequence[int] = EVEN.months) -> Profile:
    """Return a profile of whole weights (用水曲线).

    Raises:
        BadProfileError: There are not 168 and 12 weights, one is below 0, or all are 0.
    """
    if (len(hours), len(months)) != (HOURS_OF_WEEK, MONTHS_OF_YEAR):
        raise BadProfileError(name, f"it has {len(hours)} hours and {len(months)} months")
    if min(*hours, *months) < 0 or not any(hours) or not any(months):
        raise BadProfileError(name, "a weight is below 0, or all are 0")
    return Profile(id=name, hours=tuple(hours), months=tuple(months))


def apportion(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Return whole parts of `total` by weight, by greatest remainder, ties to the earlier part (最大余数法).

    The parts add up to the total exactly. A total below zero is divided as its opposite.

    Args:
        total: Litres.
        weights: Weights from 0, of which one at least is above 0.
    """
    whole = sum(weights)
    amount = abs(total)
    parts = [amount * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-(amount * weights[index] % whole), index))
    for index in order[: amount - sum(parts)]:
        parts[index] += 1
    return tuple(-part for part in parts) if total < 0 else tuple(parts)


def weight_of(profile: Profile, start_at: int, end_at: int) -> int:
    """Return the weight of a run of time: each second counts its hour's weight times its month's."""
    if profile.months == EVEN.months:
        return _by_hours(profile.hours, end_at) - _by_hours(profile.hours, start_at)
    total = 0
    for first, last in pairwise((start_at, *month_starts_inside(start_at, end_at), end_at)):
        by_hours = _by_hours(profile.hours, last) - _by_hours(profile.hours, first)
        total += by_hours * profile.months[month_index(first)]
    return total


def spread(interval: Interval, profile: Profile = EVEN) -> Spread | None:
    """Return an interval laid over its time; None when it has no volume (分摊).

    Where the profile has no weight in the whole interval, it is spread evenly, and says so.
    """
    if interval.volume_litres is None:
        return None
    start_at, end_at = interval.start.read_at, interval.end.read_at
    return spread_amount(interval.volume_litres, start_at=start_at, end_at=end_at, profile=profile)


def spread_amount(
    litres: int, *, start_at: int, end_at: int, profile: Profile = EVEN, rung: Rung | None = None
) -> Spread:
    """Return an amount laid over the time from `start_at` to `end_at` by a profile.

    Raises:
        OrderError: The time is empty.
    """
    if end_at <= start_at:
        raise OrderError(start_at, end_at)
    midnights = midnights_inside(start_at, end_at)
    if not midnights and _is_never_zero(profile):
        return Spread(cuts=(start_at, end_at), upto=(0, litres), profile=profile, rung=rung)
    cuts = (start_at, *midnights, end_at)
    weights = [weight_of(profile, first, last) for first, last in pairwise(cuts)]
    if not any(weights):
        profile, weights = EVEN, [last - first for first, last in pairwise(cuts)]
    return spread_by_days(litres, cuts=cuts, weights=weights, profile=profile, rung=rung)


def spread_by_days(
    litres: int,
    *,
    cuts: tuple[int, ...],
    weights: Sequence[int],
    profile: Profile = EVEN,
    rung: Rung | None = None,
) -> Spread:
    """Return an amount laid over time by a weight for each piece between two neighbouring cuts."""
    parts = apportion(litres, weights)
    return Spread(cuts=cuts, upto=tuple(accumulate(parts, initial=0)), profile=profile, rung=rung)


def litres_until(amount: Spread, instant: int) -> int:
    """Return the litres of a spread from its begin up to an instant, whichever way it is grouped."""
    if instant <= amount.start_at:
        return 0
    if instant >= amount.end_at:
        return amount.litres
    piece = cut_at(amount.cuts, instant)
    first, last = amount.cuts[piece], amount.cuts[piece + 1]
    share = amount.upto[piece + 1] - amount.upto[piece]
    if instant == last:
        return amount.upto[piece + 1]
    whole, gone = weight_of(amount.profile, first, last), weight_of(amount.profile, first, instant)
    if not whole:
        whole, gone = last - first, instant - first
    part = abs(share) * gone // whole
    return amount.upto[piece] + (part if share >= 0 else -part)


def litres_between(amount: Spread, start_at: int, end_at: int) -> int:
    """Return the litres of a spread that lie between two instants."""
    return litres_until(amount, end_at) - litres_until(amount, start_at)


def _by_hours(hours: tuple[int, ...], instant: int) -> int:
    """Return the weight of all seconds up to an instant, from a Monday far back."""
    if hours == EVEN.hours:
        return instant
    upto = _upto(hours)
    weeks, second = divmod(instant + OFFSET + MONDAY_SHIFT, WEEK)
    hour, rest = divmod(second, HOUR)
    return (weeks * upto[-1] + upto[hour]) * HOUR + hours[hour] * rest


@lru_cache(maxsize=1024)
def _is_never_zero(profile: Profile) -> bool:
    return all(profile.hours) and all(profile.months)


@lru_cache(maxsize=1024)
def _upto(hours: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(accumulate(hours, initial=0))
