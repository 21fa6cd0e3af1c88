"""A case of every shipped kind from opening to re-check, its score, and whom it is open to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest

from programmes.made import CALENDAR, day, ground
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.case import CaseState, Course, Phase
from shuiheng.programmes.case_state import apply
from shuiheng.programmes.counting import CountQuestion, count_cases
from shuiheng.programmes.criteria import NO_LEVEL, Criteria, Criterion, CriterionRule
from shuiheng.programmes.errors import BelowMarkError, CaseError, MissingEvidenceError, SamePersonError
from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Opened,
    Published,
    StepEnded,
)
from shuiheng.programmes.kind import ONE, UPGRADE, WITHOUT_END, ProgrammeKind, StepKind
from shuiheng.programmes.points import GIVEN
from shuiheng.programmes.scoring import Verdict, score_of
from shuiheng.programmes.tally import tally_of
from shuiheng.rules.conditions import Condition, FactValue, Ground, Group, Operator, Truth, judge

KINDS = shipped_programmes()
SCORED = [kind for kind in KINDS.values() if kind.criteria is not None]
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
every_scored_kind = pytest.mark.parametrize("kind", SCORED, ids=[kind.id for kind in SCORED])


@dataclass
class Walk:
    """A case that is led through its steps, two days for each."""

    course: Course
    state: CaseState
    events: list[CaseEvent]
    on: date = field(default=day(1))

    @classmethod
    def begin(cls, kind: ProgrammeKind) -> Walk:
        begin = Opened(on=day(0), by="clerk", subject="s1", district="d1")
        course = Course(kind=kind, calendar=CALENDAR)
        return cls(course, apply(course, None, begin), [begin])

    @property
    def kind(self) -> ProgrammeKind:
        return self.course.kind

    def take(self, event: CaseEvent) -> None:
        self.state = apply(self.course, self.state, event)
        self.events.append(event)

    def prove(self, step: StepKind) -> None:
        """Add all evidence of a step and have a second person accept it."""
        for need in step.evidence:
            for number in range(need.least):
                key = f"{step.id}-{need.kind}-{number}"
                self.take(EvidenceAdded(on=self.on, by="clerk", key=key, step=step.id, kind=need.kind))
                self.take(EvidenceReviewed(on=self.on, by="second", key=key, is_accepted=True))

    def end(self, step: StepKind, *, by: str = "", has_passed: bool = True) -> None:
        """End a step with all that it may ask for."""
        if step.publication_days is not None and step.id not in self.state.published:
            self.take(Published(on=self.on, by="clerk", step=step.id))
            self.on += timedelta(days=30)
        levels = self.kind.result.levels
        ended = StepEnded(
            on=self.on,
            by=by or f"person of {step.id}",
            actor=step.who[0],
            step=step.id,
            number="2024-1" if step.needs_number else "",
            level=levels[-1] if step.id == UPGRADE else "",
            valid_until=None if self.kind.result.validity == WITHOUT_END else self.on + timedelta(days=365),
            amounts={measure.id: Decimal(3) for measure in self.kind.measures},
            passed_levels=frozenset(levels or (NO_LEVEL,)) if has_passed else frozenset(),
        )
        self.take(ended)
        self.on += timedelta(days=2)


def later(kind: ProgrammeKind) -> list[StepKind]:
    """Return the steps after the award that a kind has."""
    return [step for step in (kind.result.recheck, kind.result.upgrade) if step is not None]


@every_kind
def test_a_case_goes_from_opening_to_its_recheck(kind: ProgrammeKind) -> None:
    walk = Walk.begin(kind)
    for step in (*kind.steps, *later(kind)):
        walk.prove(step)
        walk.end(step)
    assert walk.state.phase is Phase.REACHED
    assert walk.state.amounts == {measure.id: Decimal(3) for measure in kind.measures}
    assert walk.state.level == (
        kind.result.levels[-1] if kind.result.upgrade else "".join(kind.result.levels[:1])
    )
    assert {rule.step for rule in kind.counts} <= set(walk.state.ended)


@every_kind
def test_a_case_counts_once_in_each_count_of_its_kind(kind: ProgrammeKind) -> None:
    walk = Walk.begin(kind)
    for step in kind.steps:
        walk.prove(step)
        walk.end(step)
    tallies = (tally_of(walk.course, "c1", walk.events),)
    for rule in kind.counts:
        for way in rule.ways:
            reached = next(
                event.on for event in walk.events if isinstance(event, StepEnded) and event.step == rule.step
            )
            before, since = (
                count_cases(tallies, CountQuestion(rule=rule, on=on, way=way, levels=kind.result.levels))
                for on in (reached - timedelta(days=1), reached)
            )
            assert before.cases == ()
            assert since.value == (1 if rule.measure == ONE else 3), (rule.id, way)


@every_kind
def test_no_step_goes_on_without_its_evidence(kind: ProgrammeKind) -> None:
    walk, refused, asking = Walk.begin(kind), [], []
    for step in (*kind.steps, *later(kind)):
        if step.evidence:
            asking.append(step.id)
            try:
                walk.end(step)
            except MissingEvidenceError:
                refused.append(step.id)
        walk.prove(step)
        walk.end(step)
    assert refused == asking != []


@every_kind
def test_a_second_person_ends_what_asks_for_one(kind: ProgrammeKind) -> None:
    walk = Walk.begin(kind)
    for step in kind.steps:
        walk.prove(step)
        for other in step.other_than:
            with pytest.raises(SamePersonError):
                walk.end(step, by=f"person of {other}")
        walk.end(step)


@every_scored_kind
def test_a_score_below_the_mark_does_not_go_on(kind: ProgrammeKind) -> None:
    walk, stopped = Walk.begin(kind), []
    for step in (*kind.steps, *later(kind)):
        walk.prove(step)
        if step.needs_score:
            with pytest.raises(BelowMarkError):
                walk.end(step, has_passed=False)
            stopped.append(step.id)
        walk.end(step)
    assert stopped != []


def asked(group: Group, *, is_met: bool) -> dict[str, FactValue]:
    """Return facts by which a group of conditions holds, or by which each of them breaks."""
    facts: dict[str, FactValue] = {}
    for part in group.parts:
        wanted = is_met is not group.is_negated
        facts |= asked(part, is_met=wanted) if isinstance(part, Group) else {part.fact: met(part, wanted)}
    return facts


def met(condition: Condition, is_met: bool) -> FactValue:
    """Return a value by which a condition holds, or one by which it breaks."""
    if condition.operator in (Operator.IS, Operator.AMONG):
        if set(condition.words) <= {"yes", "no"}:
            return (condition.words == ("yes",)) is is_met
        return condition.words[0] if is_met else "something else"
    limit = condition.operands[0].number
    assert limit is not None
    wants_more = condition.operator in (Operator.AT_LEAST, Operator.ABOVE)
    return limit + Decimal("0.001") if wants_more is is_met else limit - Decimal("0.001")


def facts_for(leaf: Criterion, *, is_best: bool) -> dict[str, FactValue]:
    """Return facts by which a criterion gives all of its points, or none."""
    facts = asked(leaf.applies, is_met=True)
    if leaf.rule is CriterionRule.MANUAL:
        return facts | {f"{GIVEN}{leaf.id}": leaf.points if is_best else Decimal(0)}
    if leaf.slope is not None:
        return facts | {leaf.fact: leaf.slope.full_at if is_best else leaf.slope.zero_at}
    if leaf.bands:
        band = leaf.bands[0]
        wants_more = band.operator in (Operator.AT_LEAST, Operator.ABOVE)
        far = Decimal(1000) if wants_more is is_best else Decimal(-1000)
        return facts | {leaf.fact: far}
    return facts | asked(leaf.passes, is_met=is_best)


def subject(criteria: Criteria, *, is_best: bool) -> Ground:
    """Return what is known of the best or of the worst subject."""
    facts: dict[str, FactValue] = {}
    for leaf in criteria.leaves():
        facts |= facts_for(leaf, is_best=is_best)
    return ground(day(0), **facts)


@every_scored_kind
def test_the_best_subject_passes_at_every_level_and_the_worst_at_none(kind: ProgrammeKind) -> None:
    assert kind.criteria is not None
    best = score_of(kind, kind.criteria, subject(kind.criteria, is_best=True))
    worst = score_of(kind, kind.criteria, subject(kind.criteria, is_best=False))
    marks = list(kind.criteria.pass_marks)
    assert [best.verdict(level) for level in marks] == [Verdict.PASSED] * len(marks)
    assert [worst.verdict(level) for level in marks] == [Verdict.FAILED] * len(marks)
    assert (best.missing, worst.missing) == ((), ())


@every_scored_kind
def test_of_whom_nothing_is_known_the_score_is_open_and_says_what_is_missing(kind: ProgrammeKind) -> None:
    assert kind.criteria is not None
    score = score_of(kind, kind.criteria, ground(day(0)))
    asked_for = {leaf.id: {f"{GIVEN}{leaf.id}", *leaf.facts} for leaf in kind.criteria.leaves()}
    assert {score.verdict(level) for level in kind.criteria.pass_marks} == {Verdict.OPEN}
    assert [name for name, facts in asked_for.items() if not facts & set(score.missing)] == []
    assert set(score.missing) <= set().union(*asked_for.values())


@every_kind
def test_it_is_known_whom_a_kind_is_open_to(kind: ProgrammeKind) -> None:
    facts = asked(kind.eligibility, is_met=True)
    met_by = judge(kind.eligibility, ground(day(0), **facts))
    unknown = judge(kind.eligibility, ground(day(0)))
    if not kind.eligibility.parts:
        assert met_by.truth is unknown.truth is Truth.HOLDS  # it is open to everybody
        return
    assert (met_by.truth, unknown.truth) == (Truth.HOLDS, Truth.UNKNOWN)
    assert set(unknown.missing) == set(facts)


@every_kind
def test_a_case_is_not_ended_by_whom_nobody_named(kind: ProgrammeKind) -> None:
    strangers = set(programme_words().actors) - set(kind.steps[0].who)
    walk = Walk.begin(kind)
    walk.prove(kind.steps[0])
    for stranger in strangers:
        with pytest.raises(CaseError):
            walk.take(StepEnded(on=walk.on, by="x", actor=stranger, step=kind.steps[0].id, number="1"))
