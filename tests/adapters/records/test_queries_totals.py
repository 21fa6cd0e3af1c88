"""Counts for the first page."""

from __future__ import annotations

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_totals import finding_codes, totals
from shuiheng.adapters.records.sight import Sight


def test_totals_count_what_is_published(published: PlanVersion, seen: Sight) -> None:
    counted = totals(seen)
    assert (counted.tasks, counted.duties, counted.thresholds) == (4, 1, 1)
    assert counted.warnings == published.findings.exclude(severity="note").count()


def test_codes_come_with_their_number(ready: PlanVersion, seen: Sight) -> None:
    assert sum(count for _, count in finding_codes(seen)) == ready.findings.count()
