"""By what a case of a city is judged: its kind as it was at its opening, workdays, and what is frozen."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from shuiheng.adapters.records.models import Place, ProgrammeCase, ReportingPeriod
from shuiheng.programmes.case import Course
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.kinds.kinds_now import kind_version
from shuiheng.services.work_calendar import work_calendar


def kind_of(row: ProgrammeCase) -> ProgrammeKind:
    """Return the version of the kind under which a case was opened."""
    return kind_version(row.place, row.kind, row.kind_version)


def course_of(place: Place, kind: ProgrammeKind) -> Course:
    """Return by what new events of cases of a kind are judged in a city."""
    return Course(kind=kind, calendar=work_calendar(), frozen_until=frozen_until(place))


def course_of_history(kind: ProgrammeKind) -> Course:
    """Return by what events are read again that were taken already; a later freeze does not undo them."""
    return Course(kind=kind, calendar=work_calendar())


def frozen_until(place: Place) -> date | None:
    """Return the last day of the periods that were reported and are closed, or None."""
    frozen = ReportingPeriod.objects.filter(plan__place=place, frozen_at__isnull=False)
    last: date | None = frozen.aggregate(last=Max("ends_on"))["last"]
    return last
