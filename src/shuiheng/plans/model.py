"""Nouns of a compiled plan: tasks, targets, duties, thresholds, cited sources.

The field names and conventions of tasks, targets, duties and thresholds are those of the
compiled-plan format (docs/formats/compiled-plan.md); what is added there is said here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel import Finding, Span


class TargetKind(StrEnum):
    """What a target asks for (目标类型)."""

    LEVEL = "level"
    REDUCTION = "reduction"
    COUNT = "count"
    INCREMENT = "increment"
    MILESTONE = "milestone"


class Operator(StrEnum):
    """How a value is compared, by the wording of the document."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    EQUAL = "="
    RANGE = "~"


class UnitRole(StrEnum):
    """Part that a unit has in a task: it leads, it joins, or a note binds it without naming the row."""

    LEAD = "lead"
    JOINT = "joint"
    BOUND = "bound"


class UnitRule(StrEnum):
    """The rule by which a task got its units; recorded with the task."""

    TABLE_CELL = "table_cell"
    INHERITED_CELL = "inherited_cell"
    BRACKET_LABELS = "bracket_labels"
    BRACKET_LEADS = "bracket_leads"
    BRACKET_SHARED = "bracket_shared"
    BRACKET_RESPONSIBLE = "bracket_responsible"
    OWN_LINE = "own_line"
    FIRST_IN_LIST = "first_in_list"
    BEFORE_COMMA = "before_comma"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another reading of one field, which a person may choose.

    Args:
        field: Name of the field, for example `deadline`.
        value: The other value as text, in the form of the JSON format.
        reason: Code of the ambiguity, for example `year_before`; its sentence is in the rulebook.
    """

    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMention:
    """A unit as the document names it at one place (责任单位).

    Args:
        name: The words as written, white space removed.
        role: Its part in the task.
        span: Where the words stand.
        is_inherited: Whether they stand in a cell above that holds for this row too.
        full_name: Name with the shared prefix restored (`无锡市商务局`), or None if unsure.
        organisation: Id in the dictionary of organisations, or None.
        score: Likeness of the match with that organisation, 0 to 1.
    """

    name: str
    role: UnitRole
    span: Span
    is_inherited: bool = False
    full_name: str | None = None
    organisation: str | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One step of a task's path: the words without their enumerator, and where they stand."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task of the plan with the units that answer for it (任务).

    Args:
        id: `<document>-NNN` in document order.
        path: Headings or category cells that hold it, outermost first.
        text: Full text, white space removed, without enumerator and responsibility bracket.
        span: Where the text stands.
        page: Page where it starts, or None.
        number: Enumerator or sequence number as printed, or None.
        units: All units with their parts, in the order of the document.
        rule: The rule that gave the units.
        due: Deadline of the task from a column or bracket of its own, or None.
        due_text: The words of that deadline, or None.
        targets: Ids of the targets stated in it, in order.
        confidence: 0 to 1; below 0.8 a person should look.
        alternatives: Other readings.
    """

    id: str
    path: tuple[Heading, ...]
    text: str
    span: Span
    page: int | None = None
    number: str | None = None
    units: tuple[UnitMention, ...] = ()
    rule: UnitRule = UnitRule.NONE
    due: date | None = None
    due_text: str | None = None
    targets: tuple[str, ...] = ()
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()

    @property
    def lead(self) -> tuple[str, ...]:
        """Names of the lead units as written, in order."""
        return tuple(unit.name for unit in self.units if unit.role is UnitRole.LEAD)

    @property
    def participants(self) -> tuple[str, ...]:
        """Names of the joint units as written, in order."""
        return tuple(unit.name for unit in self.units if unit.role is UnitRole.JOINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorMatch:
    """The indicator of the rulebook that a metric probably means, with the likeness 0 to 1."""

    id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target or milestone (目标).

    Args:
        id: `<document>-TNN`: general targets first, then in document order.
        task: Id of its task, or None for a general target.
        quote: Shortest clause that states it, white space removed.
        span: Where the quote stands.
        page: Page where it starts, or None.
        metric: Noun phrase as in the text.
        scope: District, entity or class the value is for; None for the whole jurisdiction.
        kind, op, value, value_max, unit, baseline_year, deadline, annual, cumulative: see the format.
        stretch: A better value that is aimed at (`力争≤8%`), with its own operator, or None.
        is_hedged: Whether the words soften it (力争, 争取, 基本).
        is_binding: True for 约束性, False for 预期性, None when not said.
        baseline_value: Value of the base year where the document prints it, or None.
        part_of: Id of the target of which this one is a share (其中) or a district's part, or None.
        indicator: The indicator of the rulebook that fits, or None.
        confidence: 0 to 1; below 0.8 a person should look.
        alternatives: Other readings.
    """

    id: str
    task: str | None
    quote: str
    span: Span
    page: int | None = None
    metric: str
    scope: str | None = None
    kind: TargetKind
    op: Operator
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    baseline_year: int | None = None
    deadline: date | None = None
    annual: bool = False
    cumulative: bool | None = None
    stretch: tuple[Operator, Decimal] | None = None
    is_hedged: bool = False
    is_binding: bool | None = None
    baseline_value: Decimal | None = None
    part_of: str | None = None
    indicator: IndicatorMatch | None = None
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule:
    """When a recurring duty falls due, ready for a calendar (到期规则).

    Args:
        months_after: Whole months between the end of the period and the month of the due day.
        day: Day of that month, 1 to 31; 0 is its last day.
        is_workday: Whether a due day on a holiday moves to the next workday.
    """

    months_after: int
    day: int
    is_workday: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A recurring report or check (报送与检查义务)."""

    id: str
    task: str | None
    quote: str
    span: Span
    page: int | None = None
    what: str
    frequency: str
    due: str | None = None
    due_rule: DueRule | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A numeric cut-off that decides whom or what a rule covers (门槛)."""

    id: str
    task: str | None
    quote: str
    span: Span
    page: int | None = None
    applies_to: str
    quantity: str
    op: Operator
    value: Decimal
    unit: str
    effect: str
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """A law, standard, notice or plan that the document cites (引用文件).

    Args:
        title: Title as written without 《》, or the number when no title stands there.
        number: Number as written (`GB/T12452-2008`, `慈住建〔2019〕133号`), or None.
        span: Where it is cited first.
        source: Id of the source in the rulebook, or None when unknown there.
        superseded_by: Id of a newer edition in force, or None.
    """

    title: str
    number: str | None
    span: Span
    page: int | None = None
    source: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Convention:
    """A sentence by which the document says how it is to be read (约定).

    Args:
        code: What it says, for example `first_is_lead`, `before_comma_is_lead`, `binds_units`.
        quote: Its words.
        span: Where they stand.
        units: Units that it binds in every task, for `binds_units`.
    """

    code: str
    quote: str
    span: Span
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHeader:
    """What the document says of itself."""

    title: str
    jurisdiction: str | None = None
    issued: date | None = None
    stage: str | None = None
    number: str | None = None
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A compiled plan (节水行动方案的结构化结果).

    `mentions` are figures of the body text that no task and no main-targets section carries:
    they are compared with the tasks by the linter and are not targets in their own right.
    """

    document: str
    header: PlanHeader
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    duties: tuple[Duty, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    conventions: tuple[Convention, ...] = ()
    mentions: tuple[Target, ...] = ()
    findings: tuple[Finding, ...] = ()

    def with_findings(self, findings: tuple[Finding, ...]) -> Plan:
        """Return the same plan with `findings` in place of its own."""
        return replace(self, findings=findings)
