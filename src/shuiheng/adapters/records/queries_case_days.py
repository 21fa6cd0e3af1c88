"""Days of cases as a calendar shows them: when steps are due, results end and are looked at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, QuerySet

from shuiheng.adapters.records.models import CaseEvent as EventRow
from shuiheng.adapters.records.models import CasePhase, ProgrammeCase
from shuiheng.adapters.records.models.cases import RUNNING
from shuiheng.adapters.records.sight import Sight

PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfCases:
    """What falls on a day, for all cases of a kind together.

    Args:
        on: The day.
        kind: Id of the kind.
        count: How many cases.
        first: Name of one of them.
    """

    on: date
    kind: str
    count: int
    first: str


def due_days(seen: Sight, first: date, last: date) -> list[DayOfCases]:
    """Return when steps of running cases are due."""
    return _days(seen(ProgrammeCase).filter(phase__in=RUNNING), "due_on", first, last)


def recheck_days(seen: Sight, first: date, last: date) -> list[DayOfCases]:
    """Return when results are looked at again."""
    return _days(seen(ProgrammeCase).filter(phase=CasePhase.REACHED), "recheck_on", first, last)


def end_days(seen: Sight, first: date, last: date) -> list[DayOfCases]:
    """Return the last days of results that were given."""
    return _days(seen(ProgrammeCase).filter(phase=CasePhase.REACHED), "valid_until", first, last)


def publications(seen: Sight, since: date) -> Sequence[EventRow]:
    """Return the publications since a day whose step can still end, with their cases."""
    rows = seen(EventRow).filter(sort=PUBLISHED, on__gte=since, case__phase__in=RUNNING)
    found = rows.select_related("case__place").defer("case__tally").order_by("on", "pk")
    return [row for row in found if _step(row.content) in row.case.open_steps]


def _step(content: Mapping[str, str]) -> str:
    return content["step"]


def _days(rows: QuerySet[ProgrammeCase], column: str, first: date, last: date) -> list[DayOfCases]:
    within = rows.filter(**{f"{column}__range": (first, last)}).order_by().values(day=F(column), of=F("kind"))
    counted = within.annotate(count=Count("pk"), first=Min("subject_name"))
    return [
        DayOfCases(on=each["day"], kind=each["of"], count=each["count"], first=each["first"])
        for each in counted.order_by("day", "of")
    ]
