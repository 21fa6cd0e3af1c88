"""Fill an office's own report sheet from a report, and give out a sheet that shows all names."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from shuiheng.adapters.records.models import ReportRecord
from shuiheng.adapters.workbooks import (
    FilledWorkbook,
    NamedLine,
    WorkbookRefusedError,
    fill_workbook,
    write_named_form,
)
from shuiheng.reports import Report, report_from_json, verify_snapshot
from shuiheng.reports.errors import AlteredReportError
from shuiheng.reports.wording import period_words
from shuiheng.services.errors import EmptyFileError, ServiceError
from shuiheng.services.file_store import shown_name
from shuiheng.services.masking import person_name
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.record_export import record_export
from shuiheng.services.report_cells import NamedValue, People, fill_values, report_cells
from shuiheng.services.scope import row_for

_NOTES = (
    "一、在本单位的表样里，把要填的单元格按“名称”一列命名（公式—名称管理器，或左上角的名称框），上传即可填写。",
    "二、名称后加“_万”“_亿”，得到以万、亿为单位的数；加“_文字”，得到与页面相同的文字。",
    "三、百分数：单元格为百分比格式的写比率，其他格式写百分号前的数字。",
    "四、含公式的单元格不改；合并单元格按一个单元格填写；没有数值的留空。",
    "五、“数值”一列的单元格已经命名，可以直接复制到表样中使用。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledReport:
    """An office's sheet filled from a report.

    Args:
        name: Name of the file.
        workbook: The sheet, and what was done with each name.
        lacking: Names of the report that the sheet has in no form.
        cells: Every name of the report, with its value.
    """

    name: str
    workbook: FilledWorkbook
    lacking: tuple[str, ...]
    cells: tuple[NamedValue, ...]


def names_of_report(actor: Actor, key: int) -> list[NamedValue]:
    """Return every name of a report with its value.

    Raises:
        NotThereError, NotPermittedError: The report is not there, or not for the actor.
        ServiceError: `services.report_altered`.
    """
    return _cells(actor, key)[2]


def fill_report(actor: Actor, key: int, content: bytes, *, name: str, is_trial: bool = False) -> FilledReport:
    """Return the office's own sheet with the figures of a report, as its page shows them, in its named cells.

    Args:
        actor: Who fills it; may read the report.
        key: Key of the report.
        content: The office's sheet, an `.xlsx`.
        name: Name of its file.
        is_trial: Whether only the names are looked at, so that nothing leaves and no event is written.

    Raises:
        ServiceError: The sheet cannot be filled, or the report was altered; the code says why.
        NotThereError, NotPermittedError: The report is not there, or not for the actor.
    """
    row, report, cells = _cells(actor, key)
    if not content:
        raise EmptyFileError
    try:
        filled = fill_workbook(content, fill_values(cells), name=name)
    except WorkbookRefusedError as error:
        raise ServiceError(error.code, **error.values) from error
    if not is_trial:
        record_export(actor, f"report:{row.pk}.filled", rows=len(filled.filled), action=Action.REPORTS_LOOK)
    there = {each.name for each in filled.filled} | {each.name for each in filled.left}
    return FilledReport(
        name=_file_name(report, shown_name(name).rpartition(".")[0]),
        workbook=filled,
        lacking=tuple(cell.name for cell in cells if there.isdisjoint((cell.name, *cell.variants))),
        cells=tuple(cells),
    )


def report_form(actor: Actor, key: int) -> tuple[str, bytes]:
    """Return name and bytes of a sheet in which every name of a report has its cell, with its value.

    Raises:
        ServiceError: `services.report_altered`.
        NotThereError, NotPermittedError: The report is not there, or not for the actor.
    """
    row, report, cells = _cells(actor, key)
    lines = [NamedLine(part=cell.part, name=cell.name, value=cell.value, shown=cell.shown) for cell in cells]
    record_export(actor, f"report:{row.pk}.form", rows=len(lines), action=Action.REPORTS_LOOK)
    return _file_name(report, "填报名称样表"), write_named_form(report.title, lines, notes=_NOTES)


def _cells(actor: Actor, key: int) -> tuple[ReportRecord, Report, list[NamedValue]]:
    account = require(actor, Action.REPORTS_LOOK)
    row = row_for(account, Action.REPORTS_LOOK, ReportRecord, pk=key)
    report = report_from_json(row.content)
    try:
        verify_snapshot(report)
    except AlteredReportError as error:
        raise ServiceError("services.report_altered") from error
    people = People(
        maker=person_name(account, row.made_by),
        reviewer=person_name(account, row.reviewed_by) if row.reviewed_by else "",
        issuer=person_name(account, row.issued_by) if row.issued_by else "",
        made_on=timezone.localdate(row.made_at),
    )
    return row, report, report_cells(report, people)


def _file_name(report: Report, stem: str) -> str:
    period = period_words(report.period) if report.period else ""
    parts = (report.place, stem, period, f"{timezone.localdate():%Y%m%d}")
    return "_".join(part for part in parts if part) + ".xlsx"
