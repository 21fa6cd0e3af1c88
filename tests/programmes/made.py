"""A small kind of programme and the events of a case, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shuiheng.kernel.term import Term, TermUnit
from shuiheng.kernel.workday import WorkdayCalendar
from shuiheng.programmes.case import CaseState, Course
from shuiheng.programmes.case_state import replay
from shuiheng.programmes.criteria import Absent, Criteria, CriteriaGroup, Criterion, CriterionRule
from shuiheng.programmes.events import (
    CaseEvent,
    EvidenceAdded,
    EvidenceReviewed,
    Opened,
    Published,
    StepEnded,
)
from shuiheng.programmes.kind import (
    RECHECK,
    UPGRADE,
    CountRule,
    Deadline,
    EvidenceNeed,
    Lasting,
    Measure,
    OncePer,
    ProgrammeKind,
    RateRule,
    Reason,
    Result,
    StepKind,
    StepOutcome,
)
from shuiheng.rules.basis import Basis
from shuiheng.rules.conditions import ALWAYS, Condition, FactValue, Ground, Group, Known, Operator
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Asked, Mark

FIRST = date(2024, 1, 1)
CALENDAR = WorkdayCalendar(first=date(2020, 1, 1), last=date(2035, 12, 31))
BASIS = Basis(source="law", clause="第一条", area="", valid_from=date(2020, 1, 1), mark=Mark.KNOWN)
NAMES = {"zh": "名", "en": "name"}
BOTH = frozenset({"city", "province"})
WAYS_OUT = frozenset(StepOutcome)


def day(number: int) -> date:
    """Return a day by its number from the first one."""
    return FIRST + timedelta(days=number)


def yes(fact: str) -> Group:
    """Return the condition that a flag is set."""
    return Group(parts=(Condition(fact=fact, operator=Operator.IS, words=("yes",)),))


def ground(on: date = FIRST, book: Rulebook | None = None, **facts: FactValue) -> Ground:
    """Return what is known of a subject."""
    known = {name: Known(value=value, origin=f"test:{name}") for name, value in facts.items()}
    return Ground(facts=known, book=book or Rulebook({}), asked=Asked(area="", on=on))


def criterion(name: str, rule: CriterionRule, points: str = "0", **changed: Any) -> Criterion:
    """Return a criterion."""
    return Criterion(id=name, names={"zh": name, "en": name}, rule=rule, points=Decimal(points), **changed)


def criteria(*leaves: Criterion, **changed: Any) -> Criteria:
    """Return criteria of one group; the full mark is what they add up to."""
    full = sum((leaf.points for leaf in leaves if not leaf.is_bonus), Decimal(0))
    given: dict[str, Any] = {
        "groups": (CriteriaGroup(id="all", names=NAMES, weight=full, items=leaves),),
        "full": full,
        "pass_marks": {"city": full / 2, "province": full * 3 / 4},
        "absent": Absent.SCALE,
        "most_bonus": None,
        "basis": BASIS,
    }
    return Criteria(**{**given, **changed})


def step(name: str, *after: str, **changed: Any) -> StepKind:
    """Return a step that the office or the unit may end."""
    return StepKind(id=name, names=NAMES, after=after, **{"who": ("office", "unit"), **changed})


STEPS = (
    step(
        "apply",
        deadline=Deadline(term=Term(count=10, unit=TermUnit.WORKDAYS)),
        evidence=(EvidenceNeed(kind="report", names=NAMES),),
    ),
    step("note", is_optional=True),
    step(
        "review",
        "apply",
        "note",
        evidence=(EvidenceNeed(kind="photo", names=NAMES, least=2, is_reviewed=True),),
        outcomes=WAYS_OUT,
        returns_to="apply",
        other_than=("apply",),
        needs_score=True,
    ),
    step(
        "publish", "review", publication_days=5, outcomes=frozenset({StepOutcome.GO_ON, StepOutcome.REFUSE})
    ),
    step("award", "publish", needs_number=True, deadline=Deadline(month_day=(11, 30)), documents=("paper",)),
)
RESULT = Result(
    names=NAMES,
    step="award",
    levels=("city", "province"),
    validity=Lasting(term=Term(count=36, unit=TermUnit.MONTHS)),
    recheck_every=Lasting(term=Term(count=12, unit=TermUnit.MONTHS)),
    recheck=step(RECHECK, evidence=(EvidenceNeed(kind="report", names=NAMES),)),
    upgrade=step(UPGRADE, needs_number=True),
    revocations=(Reason(id="fraud", names=NAMES),),
)


def kind(**changed: Any) -> ProgrammeKind:
    """Return a kind with every sort of step."""
    given: dict[str, Any] = {
        "id": "school",
        "names": NAMES,
        "version": 1,
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
        "subject": "organisation",
        "measures": (Measure(id="length", names=NAMES, unit="km"),),
        "eligibility": ALWAYS,
        "steps": STEPS,
        "criteria": criteria(criterion("care", CriterionRule.MANUAL, "100")),
        "result": RESULT,
        "counts": (
            CountRule(id="built", names=NAMES, step="award"),
            CountRule(id="kilometres", names=NAMES, step="award", measure="length", once_per=OncePer.CASE),
        ),
        "rates": (RateRule(id="share", names=NAMES, count="built", register=NAMES),),
        "serves": (),
        "public": (),
        "bases": (BASIS,),
        "note": {},
    }
    return ProgrammeKind(**{**given, **changed})


def course(**changed: Any) -> Course:
    """Return by what cases are judged."""
    return Course(**{"kind": kind(), "calendar": CALENDAR, **changed})


def opened(**changed: Any) -> Opened:
    """Return the opening of a case on the first day."""
    return Opened(**{"on": FIRST, "by": "clerk", "subject": "s1", "district": "d1", **changed})


def ended(name: str, on: int, by: str = "clerk", **changed: Any) -> StepEnded:
    """Return the end of a step."""
    return StepEnded(**{"on": day(on), "by": by, "actor": "office", "step": name, **changed})


def added(key: str, name: str, evidence: str, on: int, by: str = "school") -> EvidenceAdded:
    """Return evidence that was added."""
    return EvidenceAdded(on=day(on), by=by, key=key, step=name, kind=evidence)


def accepted(key: str, on: int, by: str = "clerk", *, is_accepted: bool = True) -> EvidenceReviewed:
    """Return the word of a second person on evidence."""
    return EvidenceReviewed(on=day(on), by=by, key=key, is_accepted=is_accepted)


def to_award(level: str = "", **changed: Any) -> list[CaseEvent]:
    """Return the events of a case that goes straight to its award on day 20."""
    award = {
        "number": "A-1",
        "level": level,
        "valid_until": day(20 + 3 * 365),
        "amounts": {"length": Decimal("1.5")},
    }
    return [
        opened(),
        added("e1", "apply", "report", 1),
        ended("apply", 2, by="school", actor="unit"),
        added("p1", "review", "photo", 3),
        added("p2", "review", "photo", 3),
        accepted("p1", 4),
        accepted("p2", 4),
        ended("review", 5, passed_levels=BOTH),
        Published(on=day(6), by="clerk", step="publish"),
        ended("publish", 19),
        ended("award", 20, by="head", **{**award, **changed}),
    ]


def state(events: Iterable[CaseEvent], **changed: Any) -> CaseState:
    """Return what events come to."""
    return replay(replace(course(), **changed), events)
