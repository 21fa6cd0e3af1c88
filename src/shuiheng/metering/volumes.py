"""Volumes of days, months and any period, as read and by time, with the fitness of each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from shuiheng.metering.apportion import Spread, litres_between, spread
from shuiheng.metering.civil_time import days_between, end_of, month_after, start_of
from shuiheng.metering.errors import OrderError
from shuiheng.metering.model import EVEN, Interval, Method, Profile, Rung, Volume

MEASURED, SPREAD, ESTIMATED = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What is known of the use of a meter, in order of time, none overlapping (用水过程).

    Args:
        spreads: Amounts that registers tell, and estimates where these are wanted.
        longest_seconds: Longest time of an amount that counts as measured; None when any does.
    """

    spreads: tuple[Spread, ...]
    longest_seconds: int | None = None


def usage_of(
    intervals: Iterable[Interval], *, profile: Profile = EVEN, longest_seconds: int | None = None
) -> Usage:
    """Return what the intervals of a meter tell of its use; those without volume are left out (用水过程)."""
    laid = (spread(interval, profile) for interval in intervals)
    return Usage(spreads=tuple(each for each in laid if each is not None), longest_seconds=longest_seconds)


def volume(usage: Usage, start_at: int, end_at: int, *, method: Method = Method.BY_TIME) -> Volume:
    """Return what passed from `start_at` to `end_at`, its end included (水量).

    By time, an amount counts in the period with the part that lies in it. As read, it
    counts whole where it ends, and estimates count nowhere: only registers are read.

    Raises:
        OrderError: The period is empty.
    """
    if end_at <= start_at:
        raise OrderError(start_at, end_at)
    is_as_read = method is Method.AS_READ
    litres, seconds = [0, 0, 0], [0, 0, 0]
    profiles: set[str] = set()
    rungs: set[Rung] = set()
    for amount in _meeting(usage, start_at, end_at):
        if is_as_read and (amount.rung is not None or amount.end_at > end_at):
            continue
        first, last = max(amount.start_at, start_at), min(amount.end_at, end_at)
        is_whole = last - first == amount.end_at - amount.start_at
        place = _manner(usage, amount, is_whole=is_whole)
        litres[place] += amount.litres if is_as_read or is_whole else litres_between(amount, first, last)
        seconds[place] += last - first
        if amount.rung is not None:
            rungs.add(amount.rung)
        elif not (is_whole or is_as_read):
            profiles.add(amount.profile.id)
    return Volume(
        start_at=start_at,
        end_at=end_at,
        method=method,
        measured_litres=litres[MEASURED],
        spread_litres=litres[SPREAD],
        estimated_litres=litres[ESTIMATED],
        measured_seconds=seconds[MEASURED],
        spread_seconds=seconds[SPREAD],
        estimated_seconds=seconds[ESTIMATED],
        missing_seconds=end_at - start_at - sum(seconds),
        profiles=tuple(sorted(profiles)),
        rungs=tuple(sorted(rungs)),
    )


def days(usage: Usage, first: date, last: date, *, method: Method = Method.BY_TIME) -> tuple[Volume, ...]:
    """Return the volume of each civil day from `first` to `last` (日水量)."""
    return tuple(
        volume(usage, start_of(day), end_of(day), method=method) for day in days_between(first, last)
    )


def months(usage: Usage, first: date, last: date, *, method: Method = Method.BY_TIME) -> tuple[Volume, ...]:
    """Return the volume of each civil month from that of `first` to that of `last` (月水量)."""
    return tuple(
        volume(usage, start_of(begin), start_of(month_after(begin)), method=method)
        for begin in _month_begins(first, last)
    )


def missing_in(usage: Usage, start_at: int, end_at: int) -> tuple[tuple[int, int], ...]:
    """Return the runs of time in a period of which nothing is known, each as begin and end (缺数时段)."""
    gaps = []
    reached = start_at
    for amount in _meeting(usage, start_at, end_at):
        if amount.start_at > reached:
            gaps.append((reached, amount.start_at))
        reached = max(reached, amount.end_at)
    if reached < end_at:
        gaps.append((reached, end_at))
    return tuple(gaps)


def with_estimates(usage: Usage, estimates: Iterable[Spread]) -> Usage:
    """Return the use with estimates where nothing is known.

    Raises:
        OrderError: An estimate overlaps what registers tell, or another estimate.
    """
    spreads = tuple(sorted((*usage.spreads, *estimates), key=lambda each: each.start_at))
    for before, after in pairwise(spreads):
        if after.start_at < before.end_at:
            raise OrderError(before.end_at, after.start_at)
    return replace(usage, spreads=spreads)


def _meeting(usage: Usage, start_at: int, end_at: int) -> tuple[Spread, ...]:
    """Return the spreads that share time with (start_at, end_at]."""
    first = bisect_right(usage.spreads, start_at, key=lambda each: each.end_at)
    last = bisect_left(usage.spreads, end_at, key=lambda each: each.start_at)
    return usage.spreads[first:last]


def _manner(usage: Usage, amount: Spread, *, is_whole: bool) -> int:
    """Return in which manner the part of an amount in a period is known."""
    if amount.rung is not None:
        return ESTIMATED
    is_short = usage.longest_seconds is None or amount.end_at - amount.start_at <= usage.longest_seconds
    return MEASURED if is_whole and is_short else SPREAD


def _month_begins(first: date, last: date) -> Iterator[date]:
    begin = first.replace(day=1)
    while begin <= last:
        yield begin
        begin = month_after(begin)
