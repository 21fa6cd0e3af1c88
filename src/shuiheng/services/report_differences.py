"""Why the figures of a report differ from those of the report before (与上次报告相比)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shuiheng.adapters.records.models import Progress, ReportRecord
from shuiheng.adapters.records.queries_report_changes import last_filed, progress_by_key, report_before
from shuiheng.adapters.records.sight import Sight
from shuiheng.reports import report_from_json
from shuiheng.reports.recompute import FigureChange, report_changes

TASK, PROGRESS = "task", "progress"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCause:
    """What made a figure another one.

    Args:
        source: Key of what came or went, such as `task:12`.
        has_come: Whether the later report counts it and the earlier one did not.
        filed: What was filed for it last before the later report, as far as it is in sight.
    """

    source: str
    has_come: bool
    filed: Progress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedChange:
    """A figure that differs, with its causes; without any, `reason` says what changed.

    Args:
        change: The figure in both reports.
        causes: What came and went.
        reason: `days`, the day of the report; `demand`, what the plan asks; `words`, the value at its source.
    """

    change: FigureChange
    causes: tuple[ChangeCause, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDifference:
    """All figures that differ between a report and the one before."""

    before: ReportRecord
    changes: tuple[ExplainedChange, ...]
    same: int


def report_difference(seen: Sight, progress: Sight, row: ReportRecord) -> ReportDifference | None:
    """Return why figures differ from the report before; None where there is none before.

    Args:
        seen: Which reports the reader may see.
        progress: Which filed reports the reader may see.
        row: The later report.
    """
    before = report_before(seen, row)
    if before is None:
        return None
    content = report_from_json(row.content)
    changes = report_changes(report_from_json(before.content), content)
    sources = [source for each in changes for source in (*each.came, *each.went)]
    filed = last_filed(progress, set(_keys(sources, TASK)), row)
    stated = progress_by_key(progress, set(_keys(sources, PROGRESS)))
    return ReportDifference(
        before=before,
        changes=tuple(_explained(each, filed, stated) for each in changes),
        same=len(row.content.get("figures", {})) - sum(1 for each in changes if each.after is not None),
    )


def _explained(
    change: FigureChange, filed: Mapping[int, Progress], stated: Mapping[int, Progress]
) -> ExplainedChange:
    sides = [(source, True) for source in change.came] + [(source, False) for source in change.went]
    causes = tuple(
        ChangeCause(source=source, has_come=has_come, filed=_filed(source, filed, stated))
        for source, has_come in sides
    )
    return ExplainedChange(change=change, causes=causes, reason="" if causes else _reason(change))


def _filed(source: str, filed: Mapping[int, Progress], stated: Mapping[int, Progress]) -> Progress | None:
    rows = {TASK: filed, PROGRESS: stated}.get(source.partition(":")[0])
    return next((rows.get(key) for key in _keys([source], source.partition(":")[0])), None) if rows else None


def _reason(change: FigureChange) -> str:
    figure = change.after or change.before
    if figure is not None and figure.inputs:
        return "days"
    return "demand" if figure is not None and ".demand" in figure.key else "words"


def _keys(sources: Iterable[str], kind: str) -> Iterable[int]:
    for source in sources:
        name, _, key = source.partition(":")
        first = key.partition(":")[0]
        if name == kind and first.isdecimal():
            yield int(first)
