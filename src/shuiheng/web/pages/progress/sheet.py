"""The list of reports as a table that can leave the office."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Organisation, Progress, ReportingPeriod
from shuiheng.adapters.records.queries_chasing import period_name
from shuiheng.adapters.records.queries_progress import ProgressFilter, progress_list
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.demand_words import Language, shown_amount
from shuiheng.services.masking import person_name
from shuiheng.web import words
from shuiheng.web.exporting import export_notes, said_filter


def progress_sheet(request: HttpRequest, seen: Sight, wanted: ProgressFilter) -> Sheet:
    """Return the reports that a filter leaves, in the order of the page, with what is shown and for whom."""
    found = progress_list(seen, wanted).prefetch_related("values__target")
    rows = [_row(request, report) for report in found.iterator(chunk_size=500)]
    order = _("报送期由近到远，其次按任务和单位的顺序")
    notes = export_notes(request, wanted=filter_words(seen, wanted), order=order, count=len(rows))
    return Sheet(title=_("进展清单"), columns=_columns(), rows=rows, notes=notes)


def filter_words(seen: Sight, wanted: ProgressFilter) -> str:
    """Return the filter of the page in words."""
    unit = seen(Organisation).filter(pk=wanted.organisation).first() if wanted.organisation else None
    state = words.word(words.PROGRESS_STATES, wanted.state) if wanted.state else ""
    return said_filter(
        [
            (_("报送期"), period_of(seen, wanted)),
            (_("状态"), state),
            (_("单位"), unit.name if unit else wanted.organisation),
            (_("文字"), wanted.words),
        ]
    )


def period_of(seen: Sight, wanted: ProgressFilter) -> str:
    """Return the period that a filter asks for, in words; empty for all."""
    found = seen(ReportingPeriod).filter(pk=wanted.period).first() if wanted.period else None
    return period_name(found) if found else ""


def _row(request: HttpRequest, report: Progress) -> list[Value]:
    values = "；".join(
        f"{each.target.metric} {shown_amount(each.value, each.target, language=Language.CHINESE)}"
        for each in report.values.all()
    )
    return [
        period_name(report.period),
        report.period.plan.title,
        report.task.number,
        report.task.text,
        report.organisation.name,
        words.word(words.PROGRESS_STATES, report.state),
        report.done_text,
        values,
        report.obstacles,
        report.next_step,
        _("是") if report.is_complete else _("否"),
        person_name(request.user, report.filed_by) if report.filed_by else "",
        timezone.localdate(report.filed_at) if report.filed_at else None,
    ]


def _columns() -> list[Column]:
    code, day = ColumnForm.CODE, ColumnForm.DAY
    return [
        Column(title=_("报送期"), width=16),
        Column(title=_("方案"), width=30),
        Column(title=_("序号"), width=8, form=code),
        Column(title=_("任务内容"), width=60),
        Column(title=_("单位"), width=24),
        Column(title=_("状态"), width=10),
        Column(title=_("完成情况"), width=60),
        Column(title=_("数值"), width=30),
        Column(title=_("存在问题"), width=30),
        Column(title=_("下一步"), width=30),
        Column(title=_("报完成"), width=8),
        Column(title=_("上报人"), width=12),
        Column(title=_("上报日期"), width=12, form=day),
    ]
