"""The form of what the interface gives and takes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Field, Schema

KEY_MAX = 2**63 - 1


class ErrorOut(Schema):
    """What was wrong, by code, in words, with the remedy."""

    code: str
    message: str
    remedy: str = ""


class PlanOut(Schema):
    """A plan of a city."""

    slug: str
    title: str
    place: str
    is_synthetic: bool
    published_version: int | None = None


class PartyOut(Schema):
    """The part of an organisation in a task."""

    organisation: int
    name: str
    role: str


class TaskOut(Schema):
    """A task of the register."""

    id: int
    plan: str
    item: str
    number: str
    path: str
    text: str
    due_on: date | None = None
    origin: str
    parties: list[PartyOut]


class TargetOut(Schema):
    """A target of the register; values are decimals as text, in the unit beside them."""

    id: int
    plan: str
    task: int | None = None
    metric: str
    scope: str
    quote: str
    kind: str
    op: str
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str
    baseline_year: int | None = None
    deadline: date | None = None
    is_annual: bool


class OrganisationOut(Schema):
    """An organisation."""

    id: int
    name: str
    short_name: str
    kind: str
    place: str
    from_on: date | None = None
    to_on: date | None = None


class PeriodOut(Schema):
    """A period for which units report."""

    id: int
    plan: str
    kind: str
    starts_on: date
    ends_on: date
    due_on: date
    is_frozen: bool


class ProgressOut(Schema):
    """A report of progress."""

    id: int
    period: int
    task: int
    organisation: int
    state: str
    revision: int
    done_text: str
    obstacles: str
    next_step: str
    is_complete: bool
    values: dict[str, str]
    filed_at: datetime | None = None
    changed_at: datetime


class ProgressIn(Schema):
    """What a unit reports; values by id of the target, as text."""

    done_text: str = Field("", max_length=4000)
    obstacles: str = Field("", max_length=4000)
    next_step: str = Field("", max_length=4000)
    is_complete: bool = False
    values: dict[str, str] = Field(default_factory=dict, max_length=200)


class ReportPath(Schema):
    """Which report: of which organisation, on which task, for which period."""

    period: int = Field(ge=1, le=KEY_MAX)
    task: int = Field(ge=1, le=KEY_MAX)
    organisation: int = Field(ge=1, le=KEY_MAX)


class PlanPage(Schema):
    """One helping of plans; `next_cursor` asks for the next."""

    items: list[PlanOut]
    next_cursor: int | None = None


class TaskPage(Schema):
    """One helping of tasks."""

    items: list[TaskOut]
    next_cursor: int | None = None


class OrganisationPage(Schema):
    """One helping of organisations."""

    items: list[OrganisationOut]
    next_cursor: int | None = None


class PeriodPage(Schema):
    """One helping of periods."""

    items: list[PeriodOut]
    next_cursor: int | None = None


class ProgressPage(Schema):
    """One helping of reports."""

    items: list[ProgressOut]
    next_cursor: int | None = None
