"""Projects with what was decided of their saving evaluation up to a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import GateFact, GateRecord, Project
from shuiheng.adapters.records.sight import Sight

GATE, FACT = "saving_evaluation", "saving_evaluation_passed"


def registered_projects(seen: Sight, behind: date) -> Sequence[Project]:
    """Return the projects that were in the register before a day, without renewals, the oldest first."""
    rows = seen(Project).filter(permit__isnull=True, made_at__lt=_moment(behind))
    return list(rows.select_related("owner", "area").order_by("made_at", "pk"))


def evaluation_records(seen: Sight, behind: date) -> Mapping[int, GateRecord]:
    """Return the outcome of the evaluation that stood at the end of the day before, by project."""
    moment = _moment(behind)
    rows = seen(GateRecord).filter(_stood(moment), gate=GATE, decided_at__lt=moment)
    return {row.project_id: row for row in rows.select_related("decided_by")}


def evaluation_papers(seen: Sight, behind: date) -> Mapping[int, str]:
    """Return what showed the evaluation at the end of the day before, by project."""
    moment = _moment(behind)
    rows = seen(GateFact).filter(_stood(moment), name=FACT, entered_at__lt=moment)
    return dict(rows.values_list("project", "evidence"))


def _stood(moment: datetime) -> Q:
    return Q(superseded_at__isnull=True) | Q(superseded_at__gte=moment)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
