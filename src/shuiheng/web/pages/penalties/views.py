"""The page of penalties by act and place, and the list as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.records.models import Place
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import words_of
from shuiheng.web.page import page
from shuiheng.web.pages.penalties.shown import Trigger, matches, triggers
from shuiheng.web.pages.rules.city import cities_of, city_of
from shuiheng.web.pages.rules.views import asked_day
from shuiheng.web.sending import attachment

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
LIMIT = 60


@page(Action.RULES_LOOK)
def penalties(request: HttpRequest) -> HttpResponse:
    """Show the ranges that the law sets for each act, with clause, source and who checked them."""
    city, on = city_of(request), asked_day(request)
    every = triggers(rulebook_now(city), city, on, everywhere=_is_everywhere(request))
    context = {
        "city": city,
        "cities": cities_of(request),
        "on": on,
        "rows": _wanted(request, every),
        "without": sum(not each.ranges for each in every),
        "count": len(every),
        "everywhere": _is_everywhere(request),
        "names": [(each.name, each.title) for each in every],
        "trigger": request.GET.get("trigger", ""),
        "q": words_of(request.GET, "q", limit=LIMIT),
    }
    return render(request, "penalties/list.html", context)


@page(Action.RULES_LOOK)
def penalties_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the ranges that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    city, on = city_of(request), asked_day(request)
    every = triggers(rulebook_now(city), city, on, everywhere=_is_everywhere(request))
    rows = [
        [
            trigger.title,
            each.shown.place,
            "\n".join(measure.words for measure in each.measures),
            each.shown.title,
            each.shown.value.clause,
            "，".join(each.shown.value.printed),
            _("已核对") if each.shown.value.check is not None else _("未核对"),
        ]
        for trigger in _wanted(request, every)
        for each in trigger.ranges
    ]
    sheet = Sheet(title=_("法律责任"), columns=_columns(), rows=rows, notes=_notes(request, city, len(rows)))
    record_export(request.user, "penalties", rows=len(rows), action=Action.RULES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{on:%Y%m%d}.{ending}")


def _wanted(request: HttpRequest, every: list[Trigger]) -> list[Trigger]:
    name, said = request.GET.get("trigger", ""), words_of(request.GET, "q", limit=LIMIT)
    return [
        each
        for each in every
        if each.ranges and name in ("", each.name) and (not said or matches(each, said))
    ]


def _is_everywhere(request: HttpRequest) -> bool:
    return request.GET.get("places") == "all"


def _notes(request: HttpRequest, city: Place, count: int) -> list[str]:
    wanted = said_filter(
        [
            (_("城市"), city.name),
            (_("日期"), asked_day(request).isoformat()),
            (_("文字"), words_of(request.GET, "q", limit=LIMIT)),
        ]
    )
    return [
        _("本程序不计算罚款；幅度由执法人员依法适用。"),
        *export_notes(request, wanted=wanted, order=_("情形"), count=count),
    ]


def _columns() -> list[Column]:
    return [
        Column(title=_("情形"), width=36),
        Column(title=_("适用地区"), width=14),
        Column(title=_("法定幅度"), width=60),
        Column(title=_("文件"), width=36),
        Column(title=_("条款"), width=14, form=ColumnForm.CODE),
        Column(title=_("原文所载数字"), width=30),
        Column(title=_("核对"), width=10),
    ]
