"""How many cases will be done by a deadline, and until when further ones can still be opened."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from shuiheng.indicators.odds.chance import Assumption
from shuiheng.indicators.odds.pace import (
    LEAVINGS,
    CaseCourse,
    Days,
    Leaving,
    Pace,
    pace_of,
    spells_of,
)
from shuiheng.indicators.odds.series import Flags, Floats

NEVER = 10**9
EVENLY = 1e9
BY_PAST_DAYS, BY_EVEN_PACE = "past_days", "even_pace"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountQuestion:
    """What is asked of the cases of a kind.

    Args:
        stages: The stages that a case goes through to be done, the first first.
        on: Up to which day cases are known.
        deadline: By which day they have to be done.
        seed: Where chance begins.
        with_openings: Whether cases go on to be opened as often as they were.
        window_days: Over how many past days openings are counted.
        paces: How many times the pace is drawn anew, each past case weighing differently.
        paths: How many futures for each pace.
        prior: So many made-up cases stand beside those of a stage.
        from_on: Only what is done from this day on counts, such as that of a later year; None for all.
    """

    stages: tuple[str, ...]
    on: date
    deadline: date
    seed: int
    with_openings: bool = False
    window_days: int = 365
    paces: int = 40
    paths: int = 50
    prior: float = 2.0
    from_on: date | None = None

    @property
    def ahead(self) -> int:
        """Return the days that are left."""
        return max((self.deadline - self.on).days, 0)

    @property
    def least_days(self) -> int:
        """Return after how many days from now on what is done begins to count."""
        return 0 if self.from_on is None else (self.from_on - self.on).days

    def in_time(self, days: Days) -> Flags:
        """Return which of the days from now on count."""
        return np.asarray((days <= self.ahead) & (days >= self.least_days), dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CountSamples:
    """How many cases will be done.

    Args:
        done: How many are done already.
        under_way: How many may still be.
        by_model: By model, samples of how many are done at the deadline.
        assumptions: What they take for granted.
    """

    done: int
    under_way: int
    by_model: dict[str, Floats]
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """The cases as they are known: spells' order, where each open one is, and for how long."""

    cases: list[CaseCourse]
    done: int
    stage: Days
    so_far: Days
    opened: int


def count_samples(cases: Sequence[CaseCourse], question: CountQuestion) -> CountSamples:
    """Return samples of how many cases will be done by the deadline; no model where none ever left one."""
    known = _known_of(cases, question)
    found: dict[str, Floats] = {}
    for model, prior in ((BY_PAST_DAYS, question.prior), (BY_EVEN_PACE, EVENLY)):
        rng, parts = np.random.default_rng(question.seed), []
        for pace in _paces(known, question, prior=prior, rng=rng):
            days = _days_to_end(pace, known.stage, known.so_far, question.paths, rng)
            number = known.done + question.in_time(days).sum(axis=1)
            if question.with_openings:
                number = number + _newly_opened(known, question, pace, rng)
            parts.append(number.astype(np.float64))
        if parts:
            found[model] = np.concatenate(parts)
    opening = Assumption.OPENINGS_GO_ON if question.with_openings else Assumption.NO_OPENINGS
    return CountSamples(
        done=known.done,
        under_way=len(known.stage),
        by_model=found,
        assumptions=(Assumption.PAST_PACE, opening),
    )


def last_day_to_open(
    cases: Sequence[CaseCourse],
    question: CountQuestion,
    *,
    needed: int,
    openings: int,
    probability: float,
) -> date | None:
    """Return the last day on which opening so many cases at once still gives the probability wanted.

    None where that cannot be, even when they are opened on the day of the question. The deadline itself
    where the cases under way are enough. Cases that others would open are left out.

    Args:
        cases: All cases.
        question: What is asked.
        needed: How many have to be done.
        openings: How many can be opened.
        probability: With which probability it should come about.
    """
    known, rng = _known_of(cases, question), np.random.default_rng(question.seed)
    short, days = [], []
    first = np.zeros(openings, dtype=np.int64)
    for pace in _paces(known, question, prior=question.prior, rng=rng):
        going = _days_to_end(pace, known.stage, known.so_far, question.paths, rng)
        short.append(needed - known.done - (going <= question.ahead).sum(axis=1))
        days.append(_days_to_end(pace, first, first - 1, question.paths, rng))
    if not short:
        return None
    missing, takes = np.concatenate(short), np.concatenate(days)

    def is_enough(later: int) -> bool:
        done = (takes <= question.ahead - later).sum(axis=1)
        return float((done >= missing).mean()) >= probability

    if not is_enough(0):
        return None
    later = bisect_left(range(question.ahead + 1), True, key=lambda day: not is_enough(day)) - 1
    return question.on + timedelta(days=later)


def _known_of(cases: Sequence[CaseCourse], question: CountQuestion) -> _Known:
    """Return the cases in an order of their own, so that the order given does not matter."""
    begun = [each for each in cases if each.stays and each.stays[0].entered_on <= question.on]
    begun.sort(key=lambda each: (each.key, each.stays[0].entered_on))
    done, opened, stage, so_far = 0, 0, [], []
    since = question.on - timedelta(days=question.window_days)
    for case in begun:
        stays = case.known_on(question.on)
        opened += stays[0].entered_on > since
        last = stays[-1]
        if last.stage not in question.stages:
            continue
        if last.leaving is None:
            stage.append(question.stages.index(last.stage))
            so_far.append((question.on - last.entered_on).days)
        elif last.leaving is Leaving.NEXT and last.stage == question.stages[-1]:
            done += question.from_on is None or last.left_on is None or last.left_on >= question.from_on
    return _Known(begun, done, np.array(stage, np.int64), np.array(so_far, np.int64), opened)


def _paces(
    known: _Known, question: CountQuestion, *, prior: float, rng: np.random.Generator
) -> list[list[Pace]]:
    """Return paces of all stages, each time with other weights of the cases (Bayesian bootstrap)."""
    spells = spells_of(known.cases, question.stages, on=question.on)
    last_day = question.ahead + int(known.so_far.max(initial=0)) + 1
    found = []
    for _ in range(question.paces):
        weights = rng.standard_exponential(len(known.cases))
        drawn = [
            pace_of(spells, stage, weights=weights, prior=prior, last_day=last_day)
            for stage in question.stages
        ]
        whole = [each for each in drawn if each is not None]
        if len(whole) == len(drawn):
            found.append(whole)
    return found


def _days_to_end(
    paces: Sequence[Pace], stage: Days, so_far: Days, paths: int, rng: np.random.Generator
) -> Days:
    """Return for each path and case after how many days from now it is done, or NEVER.

    Args:
        paces: By stage.
        stage: In which stage each case is.
        so_far: For how many days; -1 for one that enters now.
        paths: How many futures.
        rng: Chance.
    """
    days = np.zeros((paths, len(stage)), dtype=np.int64)
    alive: Flags = np.ones(days.shape, dtype=np.bool_)
    for number, pace in enumerate(paces):
        chance = rng.random((*days.shape, 2))
        begun = np.where(stage == number, so_far, -1)
        takes, how = pace.drawn(np.broadcast_to(begun, days.shape), chance)
        moves: Flags = np.broadcast_to(stage <= number, days.shape)
        days = np.where(moves, days + takes - np.maximum(begun, 0), days)
        stayed = (how != LEAVINGS.index(Leaving.NEXT)) | (takes >= len(pace.staying))
        alive &= ~(moves & stayed)
    return np.where(alive, days, NEVER)


def _newly_opened(
    known: _Known, question: CountQuestion, paces: Sequence[Pace], rng: np.random.Generator
) -> Days:
    """Return for each path how many cases that are opened from now on are done in time."""
    first = min((case.stays[0].entered_on for case in known.cases), default=question.on)
    window = min(question.window_days, max((question.on - first).days, 1))
    rate = rng.gamma(known.opened + 0.5) / window
    numbers = rng.poisson(rate * question.ahead, size=question.paths)
    most = int(numbers.max(initial=0))
    opened = rng.integers(1, question.ahead + 1, size=(question.paths, most)) if most else None
    if opened is None:
        return np.zeros(question.paths, dtype=np.int64)
    new = np.zeros(most, dtype=np.int64)
    takes = _days_to_end(paces, new, new - 1, question.paths, rng)
    in_time = question.in_time(opened + takes) & (np.arange(most) < numbers[:, None])
    return np.asarray(in_time.sum(axis=1), dtype=np.int64)
