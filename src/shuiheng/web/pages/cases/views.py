"""The list of cases, the same as a file, and its kept filters; a unit sees its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Account, SavedFilter
from shuiheng.adapters.records.queries_cases import (
    CaseCounts,
    CaseFilter,
    case_list,
    counts_by_kind,
    districts_with_cases,
    kinds_with_cases,
)
from shuiheng.services.cases.own_steps import own_steps
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.save_filter import NAME_LENGTH, drop_filter, save_filter
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.filters import LENGTH, plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.shown import (
    CaseLine,
    Kinds,
    kind_names,
    kinds_shown,
    level_names,
    lines_of,
    wanted_from,
)
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment
from shuiheng.web.words_cases import DUES, HOLDINGS, ORDERS, PHASES

PAGE_SIZE, PAGE_NAME = 50, "cases"
FIELDS = (
    "q",
    "kind",
    "phase",
    "district",
    "level",
    "holding",
    "due",
    "unit",
    "batch",
    "mine",
    "keys",
    "order",
)
UNSHOWN = ("unit", "batch", "keys")
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.CASES_LOOK)
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases that a filter leaves; `mine=1` leaves those of which the reader can end a step."""
    sight, today, kinds = seen(request, Action.CASES_LOOK), timezone.localdate(), kinds_shown(request)
    wanted = wanted_from(request, kinds)
    shown = Paginator(case_list(sight, wanted, today), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = counts_by_kind(sight, CaseFilter(), today)
    own = CaseFilter(steps=own_steps(request.user, kinds))
    context = {
        "page": shown,
        "lines": lines_of(list(shown.object_list), kinds, today),
        "wanted": wanted,
        "is_mine": wanted.steps is not None,
        "total": total_of(counts.values()),
        "own_count": case_list(sight, own, today).count(),
        "query": filter_query(request),
        "kept": [(name, request.GET[name]) for name in UNSHOWN if name in request.GET],
        "saved": seen_filters(request),
        "today": today,
    }
    return render(request, "cases/list.html", context | choices(request, kinds))


@page(Action.CASES_LOOK)
def cases_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the cases that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    today, kinds = timezone.localdate(), kinds_shown(request)
    wanted = wanted_from(request, kinds)
    rows = list(case_list(seen(request, Action.CASES_LOOK), wanted, today))
    cells = [_cells(line) for line in lines_of(rows, kinds, today)]
    notes = export_notes(
        request, wanted=_said(wanted, kinds), order=words.word(ORDERS, wanted.order), count=len(cells)
    )
    sheet = Sheet(title=_("事项"), columns=_columns(), rows=cells, notes=notes)
    record_export(request.user, "cases", rows=len(cells), action=Action.CASES_LOOK)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


@page(Action.REGISTER_LOOK, methods=("POST",))
def cases_filters(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the list under a name, or forget a kept one."""
    key, query = key_of(request.POST, "drop"), filter_query(request)
    if key is not None:
        drop_filter(request.user, key)
    else:
        name = words_of(request.POST, "name", limit=NAME_LENGTH)
        tried(
            request,
            lambda: save_filter(request.user, page=PAGE_NAME, name=name, query=query),
            done=_("已保存筛选“%(name)s”。") % {"name": name},
        )
    return redirect(f"{reverse('cases')}?{query}")


def choices(request: HttpRequest, kinds: Kinds) -> dict[str, Any]:
    """Return what the filters of lists and boards of cases offer."""
    sight = seen(request, Action.CASES_LOOK)
    names, used = kind_names(kinds), kinds_with_cases(sight)
    return {
        "kinds": sorted(((code, names.get(code, code)) for code in used), key=lambda each: each[1]),
        "districts": districts_with_cases(sight),
        "levels": level_names().items(),
        "phases": PHASES.items(),
        "holdings": HOLDINGS.items(),
        "dues": DUES.items(),
        "orders": ORDERS.items(),
    }


def total_of(counts: Iterable[CaseCounts]) -> CaseCounts:
    """Return the sum of counts."""
    found = list(counts)
    return CaseCounts(
        **{name: sum(getattr(each, name) for each in found) for name in CaseCounts.__dataclass_fields__}
    )


def seen_filters(request: HttpRequest) -> list[SavedFilter]:
    """Return the filters of the list that the reader keeps."""
    if not isinstance(request.user, Account):
        return []
    return list(request.user.saved_filters.filter(page=PAGE_NAME).order_by("name"))


def filter_query(request: HttpRequest) -> str:
    """Return the part of the query that filters, for saving and for going back."""
    kept = QueryDict(mutable=True)
    for name in FIELDS:
        if value := request.GET.get(name, ""):
            kept[name] = plain(value)[:LENGTH]
    return kept.urlencode()


def _said(wanted: CaseFilter, kinds: Kinds) -> str:
    return said_filter(
        [
            (_("文字"), wanted.words),
            (_("类别"), kind_names(kinds).get(wanted.kind, "")),
            (_("办理状态"), wanted.phase and words.word(PHASES, wanted.phase)),
            (_("级别"), level_names().get(wanted.level, "")),
            (_("保持情况"), wanted.holding and words.word(HOLDINGS, wanted.holding)),
            (_("期限"), wanted.due and words.word(DUES, wanted.due)),
            (_("待我办理"), wanted.steps is not None and _("是")),
        ]
    )


def _columns() -> list[Column]:
    code, day = ColumnForm.CODE, ColumnForm.DAY
    return [
        Column(title=_("编号"), form=code, width=8),
        Column(title=_("类别"), width=24),
        Column(title=_("对象"), width=32),
        Column(title=_("区县"), width=14),
        Column(title=_("级别"), width=10),
        Column(title=_("办理状态"), width=12),
        Column(title=_("保持情况"), width=12),
        Column(title=_("下一环节"), width=20),
        Column(title=_("办理主体"), width=24),
        Column(title=_("期限"), form=day, width=12),
        Column(title=_("立项日期"), form=day, width=12),
        Column(title=_("达成日期"), form=day, width=12),
        Column(title=_("证书编号"), form=code, width=20),
        Column(title=_("有效期至"), form=day, width=12),
        Column(title=_("第三方机构"), width=24),
    ]


def _cells(line: CaseLine) -> list[Value]:
    row = line.row
    return [
        str(row.pk),
        line.kind,
        row.subject_name,
        row.district.name,
        line.level,
        words.word(PHASES, row.phase),
        words.word(HOLDINGS, line.holding) if line.holding != "not_reached" else "",
        line.step,
        line.who,
        row.due_on,
        row.opened_on,
        row.reached_on,
        row.number,
        row.valid_until,
        row.commissioned.name if row.commissioned is not None else "",
    ]
