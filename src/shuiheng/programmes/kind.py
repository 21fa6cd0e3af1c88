"""Kinds of programmes (事项类别): what a case of a kind is about, how it goes on, and what it counts for.

A kind is data of the rulebook. This file says only which parts a kind has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuiheng.kernel.term import Term, TermUnit
from shuiheng.programmes.criteria import Criteria
from shuiheng.programmes.errors import UnknownStepError
from shuiheng.rules.basis import Basis
from shuiheng.rules.conditions import ALWAYS, Group, facts_of
from shuiheng.rules.parameter import Mark

OPENING = "opening"
RECHECK, UPGRADE = "recheck", "upgrade"
ONE = "count"


class StepOutcome(StrEnum):
    """How a step ends: the case goes on, goes back to an earlier step, or is refused."""

    GO_ON = "go_on"
    RETURN = "return"
    REFUSE = "refuse"


class CountWay(StrEnum):
    """Which cases a target counts.

    `standing`: those that hold on the day. `cumulative`: all that were ever reached by the day, lost ones
    too. `in_year`: those that were reached in the calendar year up to the day.
    """

    STANDING = "standing"
    CUMULATIVE = "cumulative"
    IN_YEAR = "in_year"


class OncePer(StrEnum):
    """What counts once however often it comes: a subject (a school is one school), or a case (each test)."""

    SUBJECT = "subject"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when a step is due (办理期限): days after another step, or a day of the year.

    Args:
        term: How long after `after`; None where `month_day` says it.
        after: The step from whose end it runs, or `opening`.
        month_day: Month and day of the year in which the steps before it ended, or None.
    """

    term: Term | None = None
    after: str = OPENING
    month_day: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNeed:
    """What a step needs before it can go on (佐证材料).

    Args:
        kind: Kind of the evidence.
        names: What it has to show, in `zh` and `en`.
        least: How many pieces.
        is_reviewed: Whether a second person must have accepted them.
    """

    kind: str
    names: Mapping[str, str]
    least: int = 1
    is_reviewed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKind:
    """One step of a case (环节).

    Args:
        id: Its id, once in a kind.
        names: Its name in `zh` and `en`.
        who: Words of those who may end it.
        after: Steps that must have ended before it; optional ones hold nothing up.
        deadline: By when it is due, or None.
        evidence: What it needs before it can go on.
        outcomes: How it may end.
        returns_to: The step to which it sends back; empty when it never does.
        other_than: Steps whose person may not end this one (a second person).
        publication_days: For how many working days the result lies open to objections; None when it does not.
        needs_number: Whether the number of a certificate or record has to be given.
        needs_score: Whether the score must reach the pass mark before it can go on.
        is_optional: Whether the case goes on without it.
        documents: Documents that it produces.
        bases: The clauses on which it rests.
    """

    id: str
    names: Mapping[str, str]
    who: tuple[str, ...]
    after: tuple[str, ...] = ()
    deadline: Deadline | None = None
    evidence: tuple[EvidenceNeed, ...] = ()
    outcomes: frozenset[StepOutcome] = frozenset({StepOutcome.GO_ON})
    returns_to: str = ""
    other_than: tuple[str, ...] = ()
    publication_days: int | None = None
    needs_number: bool = False
    needs_score: bool = False
    is_optional: bool = False
    documents: tuple[str, ...] = ()
    bases: tuple[Basis, ...] = ()


def steps_behind(steps: Iterable[StepKind], first: str) -> frozenset[str]:
    """Return the ids of a step and of all that rest on it."""
    found = {first}
    for each in steps:
        if found & set(each.after):
            found.add(each.id)
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason for which a result can be taken away (撤销情形)."""

    id: str
    names: Mapping[str, str]
    bases: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """For how long something holds: what the rule of the place says, else a term.

    Args:
        term: The term where no rule of the place says it; None for without end.
        rule: Id of the rule, or nothing.
        part: Its field that gives the count.
        unit: In what that field counts.
    """

    term: Term | None = None
    rule: str = ""
    part: str = ""
    unit: TermUnit = TermUnit.MONTHS


WITHOUT_END = Lasting()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a case ends with, and how long it holds (办理结果).

    Args:
        names: What the subject then is or has, in `zh` and `en`.
        step: The step whose end gives it.
        levels: Levels of the result, the lowest first; empty where there are none.
        validity: How long it holds.
        recheck_every: How often it is looked at again; without end for never.
        recheck: What is done then, or None.
        upgrade: How a lower level becomes a higher one, or None.
        revocations: Reasons for which it can be taken away.
        bases: The clauses for how long it holds.
    """

    names: Mapping[str, str]
    step: str
    levels: tuple[str, ...] = ()
    validity: Lasting = WITHOUT_END
    recheck_every: Lasting = WITHOUT_END
    recheck: StepKind | None = None
    upgrade: StepKind | None = None
    revocations: tuple[Reason, ...] = ()
    bases: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An amount that a case adds when it counts, such as km of pipe (数量)."""

    id: str
    names: Mapping[str, str]
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRule:
    """How cases of a kind are counted for a target (统计口径).

    Args:
        id: Its id, once in a kind.
        names: Its name in `zh` and `en`.
        step: The step whose end is the day of the count.
        measure: Which amount is added up; `count` for one per case.
        ways: Which cases a target may mean, the usual one first.
        once_per: What counts once.
        not_also: Kinds of which a subject that counts there does not count here.
    """

    id: str
    names: Mapping[str, str]
    step: str
    measure: str = ONE
    ways: tuple[CountWay, ...] = (CountWay.STANDING, CountWay.CUMULATIVE, CountWay.IN_YEAR)
    once_per: OncePer = OncePer.SUBJECT
    not_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRule:
    """A share of a dated list that has been reached (建成率).

    Args:
        id: Its id, once in a kind and not that of a count.
        names: Its name in `zh` and `en`.
        count: The count whose subjects are the numerator.
        register: What the list of the denominator holds, in `zh` and `en`.
        members: Whom the list takes in; an empty group takes in all that are eligible.
        weight: The fact by which each weighs, such as its use of the year; empty for one each.
        bases: The clauses that say so.
    """

    id: str
    names: Mapping[str, str]
    count: str
    register: Mapping[str, str]
    members: Group = ALWAYS
    weight: str = ""
    bases: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Serves:
    """Which targets of plans a count or rate answers, by general words (服务目标).

    Args:
        counting: Id of the count or rate.
        words: Words of which a target must contain one.
        without: Words of which it may contain none.
        units: Units of the target, such as 家; empty for any.
    """

    counting: str
    words: tuple[str, ...]
    without: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeKind:
    """A kind of programme with everything that its cases follow (事项类别).

    Args:
        id: Its id, the name of its file.
        names: Its name in `zh` and `en`.
        version: Number of this version of the definition.
        valid_from: First day on which cases can be opened under it.
        valid_to: First day on which they no longer can, or None.
        subject: What a case is about, such as `water_user` or `pipe_section`.
        measures: What a case adds besides itself.
        eligibility: Whom it is open to, or who must do it.
        steps: The steps in their order.
        criteria: By what it is scored, or None.
        result: What a case ends with.
        counts: What cases count for.
        rates: Shares of lists.
        serves: Which targets of plans it answers.
        public: Fields that may be published.
        bases: The clauses on which it rests.
        note: What a reader has to know, in `zh` and `en`.
    """

    id: str
    names: Mapping[str, str]
    version: int
    valid_from: date
    valid_to: date | None
    subject: str
    measures: tuple[Measure, ...]
    eligibility: Group
    steps: tuple[StepKind, ...]
    criteria: Criteria | None
    result: Result
    counts: tuple[CountRule, ...]
    rates: tuple[RateRule, ...]
    serves: tuple[Serves, ...]
    public: tuple[str, ...]
    bases: tuple[Basis, ...]
    note: Mapping[str, str]

    def step(self, wanted: str) -> StepKind:
        """Return the step of an id; `recheck` and `upgrade` name those after the award.

        Raises:
            UnknownStepError: The kind has no such step.
        """
        for each in (*self.steps, self.result.recheck, self.result.upgrade):
            if each is not None and each.id == wanted:
                return each
        raise UnknownStepError(self.id, wanted)

    def is_open_on(self, day: date) -> bool:
        """Return whether cases can be opened under this version on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the documents that its steps produce, each once."""
        later = (each for each in (self.result.recheck, self.result.upgrade) if each is not None)
        return tuple(dict.fromkeys(name for step in (*self.steps, *later) for name in step.documents))

    @property
    def facts(self) -> frozenset[str]:
        """Return the names of the facts by which cases are admitted, scored and listed."""
        listed = (facts_of(rate.members) | ({rate.weight} - {""}) for rate in self.rates)
        scored = (leaf.facts for leaf in self.criteria.leaves()) if self.criteria is not None else ()
        return facts_of(self.eligibility).union(*listed, *scored)

    @property
    def is_template(self) -> bool:
        """Return whether its criteria were not found in their source, so that a city has to check them."""
        if self.criteria is None:
            return False
        bases = [self.criteria.basis, *(leaf.basis for leaf in self.criteria.leaves() if leaf.basis)]
        return any(basis.mark is not Mark.FOUND for basis in bases)
