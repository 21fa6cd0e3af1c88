"""How long cases stay in a stage and how they leave it, from past cases of which some are still there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from shuiheng.indicators.odds.series import Floats

Days = NDArray[np.int64]


class Leaving(StrEnum):
    """How a case leaves a stage: to the next one, or for good."""

    NEXT = "next"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


LEAVINGS = tuple(Leaving)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A stay of a case in a stage.

    Args:
        stage: Its name.
        entered_on: First day.
        left_on: Day on which it left, or None while it is there.
        leaving: How it left, or None while it is there.
    """

    stage: str
    entered_on: date
    left_on: date | None = None
    leaving: Leaving | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCourse:
    """The stays of a case, the first first.

    Args:
        key: Its key; two cases have two.
        stays: Its stays.
    """

    key: str
    stays: tuple[Stay, ...]

    def known_on(self, on: date) -> tuple[Stay, ...]:
        """Return its stays as they were known at the end of a day."""
        begun = (each for each in self.stays if each.entered_on <= on)
        return tuple(
            each
            if each.left_on is not None and each.left_on <= on
            else Stay(stage=each.stage, entered_on=each.entered_on)
            for each in begun
        )


@dataclass(frozen=True, slots=True, eq=False)
class Spell:
    """All stays in a stage as arrays, one entry per stay.

    Args:
        days: How long each was, or is so far.
        leaving: Place in `LEAVINGS`, or -1 while it is there.
        case: Place of its case among all cases.
    """

    days: Days
    leaving: Days
    case: Days


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """How long a stage takes and how it ends, by whole days.

    Args:
        staying: Share that is still there at the end of each day, beginning with day 0.
        leaving: For each day and way of leaving, the share of those who leave on it; rows add up to 1.
    """

    staying: Floats
    leaving: Floats

    def drawn(self, so_far: Days, chance: Floats) -> tuple[Days, Days]:
        """Return after how many days in all cases leave, and how; days are all there are for never.

        Args:
            so_far: Days that each was there already, -1 for one that enters now.
            chance: Two even random numbers from 0 to 1 for each, in the last axis.
        """
        last = len(self.staying) - 1
        left = np.where(so_far < 0, 1.0, self.staying[np.clip(so_far, 0, last)])
        days = np.searchsorted(-self.staying, -chance[..., 0] * left, side="left")
        days = np.maximum(days, so_far + 1)
        rows = np.cumsum(self.leaving, axis=1)[np.minimum(days, last)]
        how = (chance[..., 1:] >= rows[..., :-1]).sum(axis=-1)
        return np.asarray(days, dtype=np.int64), np.asarray(how, dtype=np.int64)


def spells_of(cases: Sequence[CaseCourse], stages: Iterable[str], *, on: date) -> dict[str, Spell]:
    """Return the stays of all cases by stage, as they were known on a day."""
    rows: dict[str, list[tuple[int, int, int]]] = {stage: [] for stage in stages}
    for number, case in enumerate(cases):
        for stay in case.known_on(on):
            if stay.stage not in rows:
                continue
            days = ((stay.left_on or on) - stay.entered_on).days
            how = -1 if stay.leaving is None else LEAVINGS.index(stay.leaving)
            rows[stay.stage].append((days, how, number))
    return {stage: Spell(*np.array(found, dtype=np.int64).reshape(-1, 3).T) for stage, found in rows.items()}


def pace_of(
    spells: Mapping[str, Spell], stage: str, *, weights: Floats, prior: float, last_day: int
) -> Pace | None:
    """Return the pace of a stage by Kaplan and Meier; None while no case ever left any stage.

    Ways of leaving compete. What is seen in the stage is put together with so many made-up cases, which
    leave evenly, at the rate of the stage, itself drawn to that of all stages while few have left it.

    Args:
        spells: Stays by stage.
        stage: Which.
        weights: What each case counts for.
        prior: So many made-up cases; very many make every day alike.
        last_day: Up to which day it is told.
    """
    rate = _even_rate(spells, stage, weights)
    if rate is None:
        return None
    per_day, shares = rate
    seen = spells[stage]
    size = max(last_day, int(seen.days.max(initial=0))) + 1
    counted = weights[seen.case]
    there = np.cumsum(np.bincount(seen.days, counted, size)[::-1])[::-1]
    made_up = prior * (1.0 - per_day) ** np.arange(size)
    made_up = np.maximum(made_up, 1e-12)
    left = made_up[:, None] * per_day * shares[None, :]
    for place in range(len(LEAVINGS)):
        chosen = seen.leaving == place
        left[:, place] += np.bincount(seen.days[chosen], counted[chosen], size)
    total = left.sum(axis=1)
    hazard = np.minimum(total / (there + made_up), 1.0)
    return Pace(np.cumprod(1.0 - hazard)[: last_day + 1], (left / total[:, None])[: last_day + 1])


def _even_rate(spells: Mapping[str, Spell], stage: str, weights: Floats) -> tuple[float, Floats] | None:
    """Return which share leaves a stage on a day, and how, as if every day were alike."""
    exposure, leavings = {}, {}
    for name, spell in spells.items():
        counted = weights[spell.case]
        exposure[name] = float((counted * (spell.days + 1)).sum())
        leavings[name] = np.array([counted[spell.leaving == each].sum() for each in range(len(LEAVINGS))])
    all_left = np.sum(list(leavings.values()), axis=0)
    if all_left.sum() <= 0:
        return None
    mean_days = sum(exposure.values()) / float(all_left.sum())
    left = leavings[stage] + all_left / all_left.sum()
    return float(left.sum()) / (exposure[stage] + mean_days), left / left.sum()
