"""Who has not reported for a period, by the parts that must report."""

from __future__ import annotations

from shuiheng.adapters.records.models import ReportingPeriod
from shuiheng.adapters.records.queries_chasing import MissingUnit, missing_counts, missing_reports
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.progress_rules import expected_roles


def missing_units(seen: Sight, period: ReportingPeriod) -> list[MissingUnit]:
    """Return the units in sight that must report for a period and have not, those that miss most first."""
    return missing_reports(seen, period, expected_roles=expected_roles())


def count_missing(seen: Sight, period: ReportingPeriod) -> tuple[int, int]:
    """Return how many units in sight must report for a period and have not, and how many reports."""
    return missing_counts(seen, period, expected_roles=expected_roles())
