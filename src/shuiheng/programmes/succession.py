"""What a new version of a kind keeps of the one before it, so that counts and targets go on (版本衔接)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from shuiheng.programmes.kind import ProgrammeKind


class Kept(StrEnum):
    """What a version must keep: cases of all versions are counted together."""

    SUBJECT = "subject"
    LEVELS = "levels"
    MEASURE = "measure"
    COUNT = "count"
    RATE = "rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Something that a new version should have kept: its sort and its name before."""

    sort: Kept
    name: str


def dropped_by(before: ProgrammeKind, after: ProgrammeKind) -> Iterator[Dropped]:
    """Yield what a new version of a kind no longer has, or has otherwise (版本衔接).

    The subject and the levels with their order stay; levels may be added above. Measures stay with their
    unit, counts with their measure and with what counts once, rates with their count. Names, steps,
    deadlines, evidence, criteria, eligibility and terms may change.
    """
    if after.subject != before.subject:
        yield Dropped(sort=Kept.SUBJECT, name=before.subject)
    levels = before.result.levels
    if after.result.levels[: len(levels)] != levels:
        yield Dropped(sort=Kept.LEVELS, name="、".join(levels))
    units = {each.id: each.unit for each in after.measures}
    yield from (
        Dropped(sort=Kept.MEASURE, name=each.id)
        for each in before.measures
        if units.get(each.id) != each.unit
    )
    counts = {each.id: (each.measure, each.once_per) for each in after.counts}
    yield from (
        Dropped(sort=Kept.COUNT, name=each.id)
        for each in before.counts
        if counts.get(each.id) != (each.measure, each.once_per)
    )
    rates = {each.id: each.count for each in after.rates}
    yield from (
        Dropped(sort=Kept.RATE, name=each.id) for each in before.rates if rates.get(each.id) != each.count
    )
