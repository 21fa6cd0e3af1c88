"""Volumes of groups of meters: a user, a site, a source, a zone, a sector, a district."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from shuiheng.metering.model import Volume


class GroupKind(StrEnum):
    """What the meters of a group have in common."""

    USER = "user"
    SITE = "site"
    SOURCE = "source"
    ZONE = "zone"
    SECTOR = "sector"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A meter of a group; `sign` is -1 where its water leaves the group, as at the outlet of a zone."""

    meter: str
    sign: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Meters that are summed (汇总范围). Sub-meters below a member are none of it."""

    id: str
    kind: GroupKind
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupVolume:
    """What a group used in a period, and how well that is known (汇总水量).

    Args:
        group: Id of the group.
        measured_litres: Litres of members in intervals of the period, with their signs.
        spread_litres: Litres of parts of intervals.
        estimated_litres: Litres that were estimated.
        weights: Litres without signs, measured, spread and estimated, for the shares.
        seconds: Time of all members measured, spread, estimated and missing.
        members: Number of members.
        silent: Members of which nothing is known, by id.
    """

    group: str
    measured_litres: int
    spread_litres: int
    estimated_litres: int
    weights: tuple[int, int, int]
    seconds: tuple[int, int, int, int]
    members: int
    silent: tuple[str, ...]

    @property
    def litres(self) -> int | None:
        """All litres; None when nothing is known of any member. None is not zero."""
        if len(self.silent) == self.members:
            return None
        return self.measured_litres + self.spread_litres + self.estimated_litres

    @property
    def estimated_share(self) -> Fraction | None:
        """Share of the litres that was estimated; None where there are no litres."""
        return Fraction(self.weights[2], sum(self.weights)) if sum(self.weights) else None

    @property
    def measured_share(self) -> Fraction | None:
        """Share of the litres that was measured in the period; None where there are no litres."""
        return Fraction(self.weights[0], sum(self.weights)) if sum(self.weights) else None

    @property
    def measured_time_share(self) -> Fraction:
        """Share of the time of all members that registers tell, in the period or by parts of intervals."""
        return self._time_share(0) + self._time_share(1)

    @property
    def estimated_time_share(self) -> Fraction:
        """Share of the time of all members that was estimated."""
        return self._time_share(2)

    @property
    def missing_time_share(self) -> Fraction:
        """Share of the time of all members of which nothing is known; 1 for a group without members."""
        return self._time_share(3) if sum(self.seconds) else Fraction(1)

    def _time_share(self, place: int) -> Fraction:
        whole = sum(self.seconds)
        return Fraction(self.seconds[place], whole) if whole else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a figure moved between two periods (对比).

    Args:
        litres: Difference; None when one of them is not known.
        rate: Difference as a share of the former; None when that is not known or not above zero.
        is_comparable: Whether enough of both is known.
    """

    litres: int | None
    rate: Fraction | None
    is_comparable: bool


def total_of(group: Group, volumes: Mapping[str, Volume], *, seconds: int) -> GroupVolume:
    """Return the volume of a group (汇总水量).

    Args:
        group: The group.
        volumes: Volume of the period by meter; a member that is absent is missing for all of it.
        seconds: Length of the period.
    """
    litres, weights, times = [0, 0, 0], [0, 0, 0], [0, 0, 0, 0]
    silent = []
    for member in group.members:
        own = volumes.get(member.meter)
        if own is None or own.litres is None:
            silent.append(member.meter)
            times[3] += seconds
            continue
        amounts = (own.measured_litres, own.spread_litres, own.estimated_litres)
        parts = (own.measured_seconds, own.spread_seconds, own.estimated_seconds, own.missing_seconds)
        litres = [total + member.sign * part for total, part in zip(litres, amounts, strict=True)]
        weights = [total + abs(part) for total, part in zip(weights, amounts, strict=True)]
        times = [total + part for total, part in zip(times, parts, strict=True)]
    return GroupVolume(
        group=group.id,
        measured_litres=litres[0],
        spread_litres=litres[1],
        estimated_litres=litres[2],
        weights=(weights[0], weights[1], weights[2]),
        seconds=(times[0], times[1], times[2], times[3]),
        members=len(group.members),
        silent=tuple(silent),
    )


def change_between(former: GroupVolume, latter: GroupVolume, *, most_missing: Fraction) -> Change:
    """Return how the use of a group moved (对比).

    Args:
        former: The earlier period, for example the same month of the year before.
        latter: The later one.
        most_missing: Share of time that may be missing in each for the two to be comparable.
    """
    if former.litres is None or latter.litres is None:
        return Change(litres=None, rate=None, is_comparable=False)
    litres = latter.litres - former.litres
    return Change(
        litres=litres,
        rate=Fraction(litres, former.litres) if former.litres > 0 else None,
        is_comparable=max(former.missing_time_share, latter.missing_time_share) <= most_missing,
    )
