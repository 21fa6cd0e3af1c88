"""The profile of a user, from the litres of its hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from shuiheng.metering.apportion import profile_of
from shuiheng.metering.civil_time import HOUR, hour_of_week
from shuiheng.metering.model import EVEN, HOURS_OF_WEEK, Profile


def own_profile(
    name: str,
    hours: Mapping[int, int],
    *,
    seconds: int,
    fewest_told: Fraction,
    months: Sequence[int] = EVEN.months,
) -> Profile | None:
    """Return how use lay over the hours of the week (用水曲线), None when too little of it is told.

    The weight of an hour of the week is the mean of its litres, to the nearest whole litre.

    Args:
        name: Id of the profile.
        hours: Litres of each hour that is told whole, by the instant at which it begins.
        seconds: Length of the time that was looked at.
        fewest_told: Share of its hours that must be told.
        months: Weights of the months, which so short a time cannot tell.
    """
    if len(hours) * HOUR < fewest_told * seconds:
        return None
    sums, counts = [0] * HOURS_OF_WEEK, [0] * HOURS_OF_WEEK
    for begin, litres in hours.items():
        place = hour_of_week(begin)
        sums[place] += max(litres, 0)
        counts[place] += 1
    if not all(counts) or not any(sums):
        return None
    means = [round(Fraction(total, count)) for total, count in zip(sums, counts, strict=True)]
    return profile_of(name=name, hours=means, months=months) if any(means) else None
