"""The register as a table that can leave the office."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Organisation, PlanDocument, RegisterTask
from shuiheng.adapters.records.queries_register import RegisterFilter
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.task_status import status_sentence
from shuiheng.web import words
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.pages.register.listing import lines_of, rows_of

CODE, NUMBER, DAY = ColumnForm.CODE, ColumnForm.NUMBER, ColumnForm.DAY


def register_sheet(request: HttpRequest, seen: Sight, wanted: RegisterFilter) -> Sheet:
    """Return the tasks that a filter leaves, with lines that say what is shown, when and for whom."""
    rows: list[list[Value]] = []
    for line in lines_of(list(rows_of(seen, wanted))):
        task = line.task
        why = status_sentence(line.status, language=get_language() or "zh")
        rows.append(
            [
                task.plan.title,
                task.number or str(task.order + 1),
                task.path_text,
                task.text,
                units_of(task, "lead"),
                units_of(task, "joint"),
                units_of(task, "bound"),
                getattr(task, "target_count", 0),
                task.due_on,
                words.word(words.TASK_STATUSES, line.status.status.value),
                why.says,
            ]
        )
    notes = [
        *export_notes(
            request, wanted=filter_words(seen, wanted), order=_("按方案和任务的顺序"), count=len(rows)
        ),
        _("状态由系统按记录计算；空白表示未填写。"),
    ]
    return Sheet(title=_("任务台账"), columns=_columns(), rows=rows, notes=notes)


def filter_words(seen: Sight, wanted: RegisterFilter) -> str:
    """Return the filter of the page in words."""
    plan = seen(PlanDocument).filter(slug=wanted.plan).first() if wanted.plan else None
    unit = seen(Organisation).filter(slug=wanted.unit).first() if wanted.unit else None
    role = _("无牵头单位") if wanted.role == "none" else words.word(words.ROLES, wanted.role)
    due = {"late": _("已逾期"), "soon": _("即将到期"), "none": _("未定期限")}.get(wanted.due, wanted.due)
    return said_filter(
        [
            (_("方案"), plan.title if plan else wanted.plan),
            (_("单位"), unit.name if unit else wanted.unit),
            (_("承担方式"), role if wanted.role else ""),
            (_("所属章节"), wanted.part),
            (_("期限"), due),
            (_("状态"), words.word(words.TASK_STATUSES, wanted.status) if wanted.status else ""),
            (_("文字"), wanted.words),
            (_("所选任务"), len(wanted.keys)),
        ]
    )


def units_of(task: RegisterTask, role: str) -> str:
    """Return the names of the units with one role in a task, in order."""
    return "、".join(part.organisation.name for part in task.parties.all() if part.role == role)


def _columns() -> list[Column]:
    return [
        Column(title=_("方案"), width=30),
        Column(title=_("序号"), width=8, form=CODE),
        Column(title=_("所属章节"), width=28),
        Column(title=_("任务内容"), width=70),
        Column(title=_("牵头单位"), width=24),
        Column(title=_("参与单位"), width=34),
        Column(title=_("落实单位"), width=34),
        Column(title=_("目标数"), width=8, form=NUMBER),
        Column(title=_("期限"), width=12, form=DAY),
        Column(title=_("状态"), width=10),
        Column(title=_("状态依据"), width=40),
    ]
