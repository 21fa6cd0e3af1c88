"""What lies between two reports: the earlier one, and what was filed for their tasks, as far as in sight."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from shuiheng.adapters.records.models import Progress, ReportRecord, ReportState
from shuiheng.adapters.records.sight import Sight

AT_ONCE = 500


def report_before(seen: Sight, row: ReportRecord) -> ReportRecord | None:
    """Return the last report of the same plan and kind that was issued before, or None."""
    rows = seen(ReportRecord).filter(plan=row.plan_id, kind=row.kind, state=ReportState.ISSUED)
    rows = rows.exclude(pk=row.pk).filter(made_at__lt=row.made_at)
    return rows.select_related("plan", "issued_by").order_by("-issued_at", "-pk").first()


def last_filed(seen: Sight, tasks: Collection[int], row: ReportRecord) -> Mapping[int, Progress]:
    """Return for some tasks what was filed last before a report was made, with who filed and accepted it."""
    found: dict[int, Progress] = {}
    wanted = sorted(tasks)
    for start in range(0, len(wanted), AT_ONCE):
        rows = seen(Progress).filter(task__in=wanted[start : start + AT_ONCE], filed_at__isnull=False)
        rows = rows.filter(filed_at__lte=row.made_at).select_related(
            "organisation", "filed_by", "accepted_by"
        )
        for each in rows.order_by("filed_at", "pk"):
            found[each.task_id] = each
    return found


def progress_by_key(seen: Sight, keys: Collection[int]) -> Mapping[int, Progress]:
    """Return filed reports by key, with who filed and accepted them."""
    rows = seen(Progress).filter(pk__in=sorted(keys))
    return {row.pk: row for row in rows.select_related("organisation", "filed_by", "accepted_by")}
