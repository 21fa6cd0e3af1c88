"""What the database refuses on plans, versions and decisions."""

from __future__ import annotations

from django.utils import timezone

from access.rows import Rows
from shuiheng.adapters.records.models import PlanDecision, PlanVersion, VersionState

from .refusals import breaks, refused


def test_only_one_version_of_a_plan_is_published(office_rows: Rows) -> None:
    other = office_rows.make(PlanVersion)
    later = PlanVersion.objects.filter(pk=other.pk)
    breaks("one_published_version", lambda: later.update(state=VersionState.PUBLISHED))


def test_a_version_number_is_used_once(office_rows: Rows) -> None:
    breaks("one_version_per_number", lambda: office_rows.make(PlanVersion, sequence=1))


def test_a_decision_either_decides_or_takes_back(office_rows: Rows) -> None:
    decision = office_rows.row(PlanDecision)
    values = {"version": decision.version, "decided_by": decision.decided_by, "decided_at": timezone.now()}
    breaks("decides_or_takes_back", lambda: PlanDecision.objects.create(**values))
    both = values | {"content": {}, "takes_back": decision}
    breaks("decides_or_takes_back", lambda: PlanDecision.objects.create(**both))


def test_a_decision_is_neither_changed_nor_deleted(office_rows: Rows) -> None:
    decision = PlanDecision.objects.filter(pk=office_rows.row(PlanDecision).pk)
    refused("append_only", lambda: decision.update(content={}))
    refused("append_only", lambda: decision._raw_delete("default"))
