"""Which district is short of its share, and which candidates would close the gap (差距)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.programmes.counting import Count, CountQuestion, Stage, count_cases, stage_of
from shuiheng.programmes.criteria import NO_LEVEL
from shuiheng.programmes.scoring import Score, Verdict
from shuiheng.programmes.tally import CaseTally
from shuiheng.rules.conditions import Truth

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictGap:
    """What a district has and lacks (差距).

    Args:
        district: Its key.
        share: What it has to reach, or None where it has no share.
        done: What counts, as far as it is known.
        is_known: Whether no amount of it is unknown.
        stages: How many of its cases are at each stage.
    """

    district: str
    share: Decimal | None
    done: Decimal
    is_known: bool
    stages: Mapping[Stage, int]

    @property
    def short(self) -> Decimal:
        """Return what is still to be reached; nothing without a share."""
        return max(NOTHING, self.share - self.done) if self.share is not None else NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class CityGap:
    """What a city and its districts have and lack (差距).

    Args:
        target: What the city has to reach.
        done: What counts in the whole city.
        districts: Each district with a share or a case, by key.
    """

    target: Decimal
    done: Decimal
    districts: tuple[DistrictGap, ...]

    @property
    def short(self) -> Decimal:
        """Return what the city still has to reach."""
        return max(NOTHING, self.target - self.done)

    @property
    def unshared(self) -> Decimal:
        """Return the target less all shares: above 0 no district is asked for it, below 0 more is asked."""
        return self.target - sum((each.share for each in self.districts if each.share is not None), NOTHING)


def gap_of(
    tallies: Iterable[CaseTally],
    question: CountQuestion,
    *,
    target: Decimal,
    shares: Mapping[str, Decimal],
) -> CityGap:
    """Return which district is short of its share on a day (差距).

    Args:
        tallies: All cases of the kind.
        question: The count, the day and the way that the target asks for.
        target: What the city has to reach.
        shares: What each district has to reach.
    """
    cases = tuple(tallies)
    count = count_cases(cases, question)
    stages: dict[str, dict[Stage, int]] = {}
    for tally in cases:
        stage = stage_of(tally, question.rule, question.on)
        if stage is not None:
            held = stages.setdefault(tally.district, {})
            held[stage] = held.get(stage, 0) + 1
    done = count.by_district()
    empty = Count(cases=())
    districts = tuple(
        DistrictGap(
            district=name,
            share=shares.get(name),
            done=done.get(name, empty).least,
            is_known=done.get(name, empty).value is not None,
            stages=stages.get(name, {}),
        )
        for name in sorted({*shares, *stages, *done})
    )
    return CityGap(target=target, done=count.least, districts=districts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A subject that could be created (创建对象).

    Args:
        subject: Its key.
        district: Its district.
        eligible: Whether it is eligible.
        unknown: What is missing to say so.
        score: Its score by what is known, or None for a kind without criteria.
        has_case: Whether a case of it is under way.
    """

    subject: str
    district: str
    eligible: Truth
    unknown: tuple[str, ...] = ()
    score: Score | None = None
    has_case: bool = False

    def lacks(self, level: str = NO_LEVEL) -> Decimal:
        """Return the points that are not yet sure to the pass mark; none without criteria."""
        if self.score is None:
            return NOTHING
        return max(NOTHING, self.score.criteria.pass_marks[level] - self.score.lowest)

    def may_reach(self, level: str = NO_LEVEL) -> bool:
        """Return whether nothing that is known keeps it from the result."""
        fails = self.score is not None and self.score.verdict(level) is Verdict.FAILED
        return self.eligible is not Truth.BREAKS and not fails


def nearest(candidates: Iterable[Candidate], count: Count, *, level: str = NO_LEVEL) -> tuple[Candidate, ...]:
    """Return who may still reach the result, the nearest first (创建对象).

    Those with a case come first, then those who are surely eligible, then by the points that are not yet
    sure, then by how much is missing.

    Args:
        candidates: All subjects that were looked at.
        count: What counts already; those subjects are left out.
        level: The level that is aimed at.
    """
    counted = {case.tally.subject for case in count.cases}
    able = [each for each in candidates if each.subject not in counted and each.may_reach(level)]
    return tuple(sorted(able, key=lambda each: _rank(each, level)))


def closing(
    able: Iterable[Candidate], gap: CityGap, *, each_adds: Decimal = Decimal(1)
) -> Mapping[str, tuple[Candidate, ...]]:
    """Return the nearest candidates that would close the gap of each district that is short."""
    wanted = {each.district: each.short for each in gap.districts if each.short > 0}
    found: dict[str, list[Candidate]] = {name: [] for name in wanted}
    for candidate in able:
        if wanted.get(candidate.district, NOTHING) > 0:
            found[candidate.district].append(candidate)
            wanted[candidate.district] -= each_adds
    return {name: tuple(chosen) for name, chosen in found.items()}


def _rank(candidate: Candidate, level: str) -> tuple[bool, bool, Decimal, int, str]:
    missing = len(candidate.unknown) + (len(candidate.score.missing) if candidate.score is not None else 0)
    is_doubtful = candidate.eligible is Truth.UNKNOWN
    return not candidate.has_case, is_doubtful, candidate.lacks(level), missing, candidate.subject
