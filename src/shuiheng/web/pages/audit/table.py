"""The list of events as a table that can leave the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.records.models import Event
from shuiheng.web.pages.audit.lines import changes_text, event_line

MOST_ROWS = 20_000


def event_sheet(events: Iterable[Event], *, title: str, at: datetime, who: str, wanted: str = "") -> Sheet:
    """Return the events as a sheet; the whole log stands in the package, this is for reading."""
    rows = [_row(event) for event in events]
    notes = [
        _("筛选条件：%(filter)s") % {"filter": wanted or _("全部")},
        _("排序：%(order)s") % {"order": _("时间由近到远")},
        _("导出人：%(who)s；导出时间：%(at)s；共 %(n)d 行（最多 %(most)d 行）。")
        % {"who": who, "at": at.strftime("%Y-%m-%d %H:%M"), "n": len(rows), "most": MOST_ROWS},
        _("本表仅供阅读；需要校验的，请使用日志校验包。"),
    ]
    columns = [
        Column(title=_("时间"), width=20),
        Column(title=_("人员"), width=14),
        Column(title=_("角色"), width=14),
        Column(title=_("单位"), width=24),
        Column(title=_("所做操作"), width=24),
        Column(title=_("对象"), form=ColumnForm.CODE, width=22),
        Column(title=_("结果"), width=10),
        Column(title=_("变更内容"), width=50),
        Column(title=_("理由"), width=30),
        Column(title=_("封印编号"), form=ColumnForm.NUMBER, width=10),
        Column(title=_("事件编号"), form=ColumnForm.CODE, width=38),
    ]
    return Sheet(title=title, columns=columns, rows=rows, notes=notes)


def _row(event: Event) -> list[str | int | None]:
    line = event_line(event)
    return [
        timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S"),
        event.actor.shown_name if event.actor else _("系统"),
        line.role,
        event.organisation.name if event.organisation else "",
        line.what,
        event.subject,
        _("被拒绝") if event.is_refused else _("已执行"),
        changes_text((*line.changes, *line.details)),
        event.reason,
        line.seal,
        event.key or "",
    ]
