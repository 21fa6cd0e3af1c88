"""A machine that lets cases happen in any way, right and wrong, and holds all counts against a recount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from programmes import plain_count
from programmes.made import BOTH, CALENDAR, FIRST, kind
from programmes.plain_count import LEVELS, ONE_DAY, lacks_evidence
from shuiheng.programmes.case import CaseState, Course, Phase, missing_evidence, open_steps
from shuiheng.programmes.case_state import apply, replay
from shuiheng.programmes.counting import CountQuestion, Stage, count_cases, stage_of
from shuiheng.programmes.errors import CaseError
from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Objected,
    ObjectionSettled,
    Opened,
    Published,
    Revoked,
    StepEnded,
    Withdrawn,
)
from shuiheng.programmes.kind import CountRule, CountWay, OncePer, StepKind, StepOutcome
from shuiheng.programmes.tally import CaseTally, tally_of

KIND = kind(
    counts=(
        CountRule(id="built", names={}, step="award"),
        CountRule(id="each", names={}, step="award", once_per=OncePer.CASE),
        CountRule(id="applied", names={}, step="apply", once_per=OncePer.CASE),
    )
)
SUBJECTS = ("school", "school", "park", "hotel")
NAMES = tuple(f"c{number}" for number in range(len(SUBJECTS)))
PEOPLE = ("clerk", "school", "head", "other")
STEPS = (*(step.id for step in KIND.steps), "recheck", "upgrade")
names = st.sampled_from(NAMES)
people = st.sampled_from(PEOPLE)


ENDS = st.builds(
    StepEnded,
    on=st.sampled_from((FIRST, FIRST, FIRST, FIRST - timedelta(days=5))),
    by=people,
    actor=st.sampled_from(("office", "office", "office", "visitor")),
    step=st.sampled_from(STEPS),
    outcome=st.sampled_from(StepOutcome),
    reason=st.sampled_from(("不符合", "不符合", "")),
    number=st.sampled_from(("N", "N", "")),
    level=st.sampled_from(("", *LEVELS)),
    valid_until=st.sampled_from((None, *(FIRST + timedelta(days=days) for days in (-1, 0, 100, 1000)))),
    passed_levels=st.sampled_from((BOTH, BOTH, frozenset({"city"}), frozenset())),
)
MOST_DAYS = 12
SEEN: Counter[str] = Counter()


class CaseHistories(RuleBasedStateMachine):
    """Any history of some cases of one kind."""

    def __init__(self) -> None:
        super().__init__()
        self.today = FIRST
        self.frozen_until: date | None = None
        self.frozen: dict[tuple[str, CountWay, str, date], Decimal | None] = {}
        self.events: dict[str, list[CaseEvent]] = {name: [] for name in NAMES}
        self.states: dict[str, CaseState] = {}

    @property
    def course(self) -> Course:
        return Course(kind=KIND, calendar=CALENDAR, frozen_until=self.frozen_until)

    def take(self, name: str, event: CaseEvent) -> None:
        """Try an event; one that is refused changes nothing, one that is taken has its evidence."""
        before = self.states.get(name)
        try:
            after = apply(self.course, before, event)
        except CaseError as error:
            assert error.code.startswith("programmes.")
            return
        if isinstance(event, StepEnded) and event.outcome is StepOutcome.GO_ON:
            assert not lacks_evidence(self.events[name], KIND.step(event.step))
        assert self.frozen_until is None or event.on > self.frozen_until
        self.states[name] = after
        self.events[name].append(event)

    @initialize(
        levels=st.tuples(*[st.sampled_from(("", *LEVELS))] * len(NAMES)),
        ways=st.tuples(*[st.sampled_from((0, 1, 3, 4, 7))] * len(NAMES)),
    )
    def begin(self, levels: tuple[str, ...], ways: tuple[int, ...]) -> None:
        """Bring each case some way, so that a history is not all beginnings."""
        for name, level, way in zip(NAMES, levels, ways, strict=True):
            if way:
                self.open(name, level)
                self.go_on(name, min(way, 5))
        self.let_days_pass(30)
        for name, way in zip(NAMES, ways, strict=True):
            self.go_on(name, max(0, way - 5))

    @rule(name=names, level=st.sampled_from(("", *LEVELS)))
    def open(self, name: str, level: str) -> None:
        subject = SUBJECTS[NAMES.index(name)]
        self.take(name, Opened(on=self.today, by="clerk", subject=subject, district="d1", level=level))

    @rule(name=names, steps=st.integers(1, 12))
    def go_on(self, name: str, steps: int) -> None:
        for _ in range(steps):
            if name in self.states:
                for event in self._next(self.states[name]):
                    self.take(name, event)

    @rule(days=st.sampled_from((1, 2, 7, 30, 200, 400)))
    def let_days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(name=names, end=ENDS)
    def end_any_step(self, name: str, end: StepEnded) -> None:
        on = self.today + (end.on - FIRST)
        lasts = None if end.valid_until is None else self.today + (end.valid_until - FIRST)
        self.take(name, replace(end, on=on, valid_until=lasts))

    @rule(name=names, outcome=st.sampled_from((StepOutcome.RETURN, StepOutcome.REFUSE)))
    def review_otherwise(self, name: str, outcome: StepOutcome) -> None:
        end = self._end(KIND.step("review"), by="other")
        self.take(name, replace(end, outcome=outcome, reason="缺少数据"))

    @rule(name=names)
    def rise(self, name: str) -> None:
        self.take(name, replace(self._end(KIND.step("upgrade"), by="head"), level="province"))

    @rule(name=names, step=st.sampled_from(STEPS), evidence=st.sampled_from(("report", "photo")), by=people)
    def bring_evidence(self, name: str, step: str, evidence: str, by: str) -> None:
        key = f"e{len(self.events[name])}"
        self.take(name, EvidenceAdded(on=self.today, by=by, key=key, step=step, kind=evidence))

    @rule(name=names, by=people, is_accepted=st.booleans(), place=st.integers(0, 30))
    def look_at_evidence(self, name: str, by: str, is_accepted: bool, place: int) -> None:
        event = EvidenceReviewed(on=self.today, by=by, key=f"e{place}", is_accepted=is_accepted)
        self.take(name, event)

    @rule(name=names, is_upheld=st.booleans())
    def object(self, name: str, is_upheld: bool) -> None:
        key = f"o{len(self.events[name])}"
        self.take(name, Objected(on=self.today, by="citizen", key=key))
        self.take(name, ObjectionSettled(on=self.today, by="clerk", key=key, is_upheld=is_upheld))

    @rule(name=names, event=st.sampled_from((Revoked, Withdrawn)), doubt=st.integers(0, 3))
    def end_the_case(self, name: str, event: Callable[..., Revoked | Withdrawn], doubt: int) -> None:
        if not doubt:
            self.take(name, event(on=self.today, by="head", reason="fraud"))

    @rule()
    def freeze(self) -> None:
        last = self.today - ONE_DAY
        if self.frozen_until is None or last > self.frozen_until:
            self.frozen_until = last
            self.frozen.update(self._counts({last, last - timedelta(days=20)}))

    def teardown(self) -> None:
        """Hold all counts of all days on which anything turns against the plain recount."""
        days = {self.today, date(self.today.year, 1, 1), date(self.today.year - 1, 12, 31)}
        for events in self.events.values():
            days |= {near for event in events for near in (event.on, event.on + ONE_DAY)}
            days |= {near for day in plain_count.last_days(events) for near in (day - ONE_DAY, day)}
        some = set(sorted(days)[:: max(1, len(days) // MOST_DAYS)])
        for (name, way, level, on), value in self._counts(some).items():
            assert value == self._recount(name, way, level, on), (name, way, level, on)
        assert self._counts({on for *_, on in self.frozen}).items() >= self.frozen.items()
        self._check_stages(some)
        self._check_order()
        self._note()

    def _note(self) -> None:
        """Note what this history had: a machine that never gets so far would prove nothing."""
        seen = {
            stage.value for each in self._tallies() if (stage := stage_of(each, KIND.counts[0], self.today))
        }
        ends = [each for events in self.events.values() for each in events if isinstance(each, StepEnded)]
        seen |= {"recheck" for each in ends if each.step == "recheck"} | {each.outcome.value for each in ends}
        seen |= {state.level for state in self.states.values()} | (
            {"frozen"} if any(self.frozen.values()) else set()
        )
        SEEN.update(seen)

    def _tallies(self) -> list[CaseTally]:
        course = replace(self.course, frozen_until=None)
        return [tally_of(course, name, events) for name, events in self.events.items() if events]

    def _counts(self, days: set[date]) -> dict[tuple[str, CountWay, str, date], Decimal | None]:
        tallies = self._tallies()
        return {
            (asked.id, way, level, on): count_cases(
                tallies, CountQuestion(rule=asked, on=on, way=way, levels=LEVELS, level=level)
            ).value
            for asked in KIND.counts
            for way in CountWay
            for level in ("", *LEVELS)
            for on in days
        }

    def _recount(self, rule_id: str, way: CountWay, level: str, on: date) -> int:
        counted = next(each for each in KIND.counts if each.id == rule_id)
        found = {
            name: day
            for name, events in self.events.items()
            if (day := _counted_on(events, way, on, step=counted.step, level=level)) is not None
        }
        if counted.once_per is OncePer.CASE:
            return len(found)
        subjects = {name: SUBJECTS[NAMES.index(name)] for name in NAMES}
        if way is CountWay.IN_YEAR:
            found = {
                name: day
                for name, day in found.items()
                if not any(
                    other != name
                    and subjects[other] == subjects[name]
                    and plain_count.holds(self.events[other], day - ONE_DAY, step="award", level=level)
                    for other in NAMES
                )
            }
        return len({subjects[name] for name in found})

    def _check_stages(self, days: set[date]) -> None:
        for tally in self._tallies():
            for on in days:
                stands = plain_count.holds(self.events[tally.case], on, step="award")
                assert (stage_of(tally, KIND.counts[0], on) is Stage.DONE) is stands

    def _check_order(self) -> None:
        """Swap neighbours that do not touch each other: nothing may change."""
        course = replace(self.course, frozen_until=None)
        for name, events in self.events.items():
            for place in range(1, len(events) - 1):
                first, second = events[place], events[place + 1]
                if first.on == second.on and _are_apart(first, second):
                    swapped = [*events[:place], second, first, *events[place + 2 :]]
                    assert replay(course, swapped) == self.states[name]

    def _next(self, state: CaseState) -> list[CaseEvent]:
        """Return what would bring a case on, by the rules."""
        if state.phase is Phase.REACHED:
            return self._keep(state)
        waiting = [name for name in open_steps(KIND, state) if name != "note"]
        if not waiting:
            return []
        step = KIND.step(waiting[0])
        if missing_evidence(state, step):
            return self._evidence(step, len(state.evidence))
        if step.publication_days is not None and step.id not in state.published:
            return [Published(on=self.today, by="clerk", step=step.id)]
        return [self._end(step, by="school" if step.id == "apply" else "clerk")]

    def _keep(self, state: CaseState) -> list[CaseEvent]:
        recheck = KIND.step("recheck")
        if missing_evidence(state, recheck):
            return self._evidence(recheck, len(state.evidence))
        return [self._end(recheck, by="clerk")]

    def _evidence(self, step: StepKind, taken: int) -> list[CaseEvent]:
        found: list[CaseEvent] = []
        for need in step.evidence:
            for number in range(need.least):
                key = f"g{taken + number}-{step.id}"
                found.append(EvidenceAdded(on=self.today, by="school", key=key, step=step.id, kind=need.kind))
                found.append(EvidenceReviewed(on=self.today, by="other", key=key, is_accepted=True))
        return found

    def _end(self, step: StepKind, *, by: str) -> StepEnded:
        until = self.today + timedelta(days=300)
        return StepEnded(
            on=self.today,
            by=by,
            actor="office",
            step=step.id,
            number="N",
            valid_until=until,
            passed_levels=BOTH,
        )


def _counted_on(events: list[CaseEvent], way: CountWay, on: date, *, step: str, level: str) -> date | None:
    if way is CountWay.IN_YEAR:
        return plain_count.new_in_year(events, on, step=step, level=level)
    if way is CountWay.STANDING and not plain_count.holds(events, on, step=step, level=level):
        return None
    return plain_count.first_reached(events, on, step=step, level=level)


def _are_apart(first: CaseEvent, second: CaseEvent) -> bool:
    """Return whether two events concern different evidence, or evidence and nothing that could rest on it."""
    evidence = (EvidenceAdded, EvidenceReviewed)
    if isinstance(first, evidence) and isinstance(second, evidence):
        return first.key != second.key
    pair = (first, second)
    return any(isinstance(each, EvidenceAdded) for each in pair) and any(
        isinstance(each, Objected | ObjectionSettled | Published) for each in pair
    )


def _run(histories: int) -> None:
    SEEN.clear()
    run_state_machine_as_test(
        CaseHistories, settings=settings(max_examples=histories, stateful_step_count=40, deadline=None)
    )
    wanted = ("done", "lost", "frozen", "province", "recheck", "return", "refuse")
    assert min(SEEN[what] for what in wanted) > histories / 100, SEEN


def test_counts_equal_a_plain_recount_in_two_hundred_histories() -> None:
    _run(200)


@pytest.mark.nightly
def test_counts_equal_a_plain_recount_in_ten_thousand_histories() -> None:
    _run(10_000)
