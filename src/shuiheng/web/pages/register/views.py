"""The register (任务台账): every task of the published plans with who answers, by when, and how it stands."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.models import Account, Channel, SavedFilter
from shuiheng.adapters.records.queries_chasing import open_periods, period_name
from shuiheng.adapters.records.queries_register import (
    RegisterFilter,
    assignable,
    register_choices,
    register_units,
)
from shuiheng.services.assign_task import assign_tasks, set_due_day
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, may, require
from shuiheng.services.record_export import record_export
from shuiheng.services.remind import remind
from shuiheng.services.save_filter import drop_filter, save_filter
from shuiheng.web.exporting import export_name
from shuiheng.web.fields import day_of, key_of, keys_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.register.listing import filter_query, lines_of, rows_of, wanted_from
from shuiheng.web.pages.register.sheet import register_sheet
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment
from shuiheng.web.words import TASK_STATUSES

PAGE_SIZE = 50
PAGE_NAME = "register"
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.REGISTER_LOOK)
def register(request: HttpRequest) -> HttpResponse:
    """Show the tasks in the plan's own order."""
    sight = seen(request, Action.REGISTER_LOOK)
    wanted = wanted_from(request.GET)
    rows = rows_of(sight, wanted)
    choices = register_choices(sight, wanted.plan)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "lines": lines_of(list(shown.object_list)),
        "page": shown,
        "total": shown.paginator.count,
        "wanted": wanted,
        "plans": choices.plans,
        "units": register_units(sight),
        "parts": choices.parts,
        "years": choices.years,
        "statuses": TASK_STATUSES.items(),
        "today": timezone.localdate(),
        "saved": seen_filters(request),
        "query": filter_query(request),
    }
    if may(request.user, Action.ASSIGN):
        context["assignable"] = assignable(seen(request, Action.ASSIGN))
    if may(request.user, Action.MESSAGES_SEND):
        periods = open_periods(seen(request, Action.MESSAGES_SEND))
        context["periods"] = [(each, period_name(each)) for each in periods]
    return render(request, "pages/register.html", context)


def seen_filters(request: HttpRequest) -> list[SavedFilter]:
    """Return the filters of the register that the reader keeps."""
    if not isinstance(request.user, Account):
        return []
    return list(request.user.saved_filters.filter(page=PAGE_NAME).order_by("name"))


@page(Action.REGISTER_LOOK, methods=("POST",))
def register_bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing with all chosen tasks: assign, set the due day, remind, export."""
    verb, keys = request.POST.get("verb", ""), keys_of(request.POST, "task")
    if verb == "export":
        return _export(request, RegisterFilter(keys=tuple(keys)), request.POST.get("ending", "xlsx"))
    works = {"assign": _assign, "due": _set_due, "remind": _remind}
    if verb not in works:
        raise Http404
    works[verb](request, keys)
    return _back(request)


@page(Action.REGISTER_EXPORT)
def register_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the tasks that the filter leaves."""
    return _export(request, wanted_from(request.GET), ending)


@page(Action.REGISTER_LOOK, methods=("POST",))
def register_filters(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the page under a name, or forget a kept one."""
    key = key_of(request.POST, "drop")
    if key is not None:
        drop_filter(request.user, key)
        return _back(request)
    name, query = words_of(request.POST, "name"), filter_query(request)
    tried(
        request,
        lambda: save_filter(request.user, page=PAGE_NAME, name=name, query=query),
        done=_("已保存筛选“%(name)s”。") % {"name": name},
    )
    return _back(request)


def _assign(request: HttpRequest, keys: list[int]) -> None:
    unit = key_of(request.POST, "organisation")
    changed = 0

    def work() -> None:
        nonlocal changed
        if unit is None:
            raise ServiceError("services.nothing_chosen")
        role, reason = request.POST.get("role", ""), words_of(request.POST, "reason", limit=300)
        changed = assign_tasks(request.user, keys, unit, role, reason=reason)

    tried(request, work, done=_("已指定责任单位。"))


def _set_due(request: HttpRequest, keys: list[int]) -> None:
    def work() -> None:
        reason = words_of(request.POST, "reason", limit=300)
        set_due_day(request.user, keys, day_of(request.POST, "due_on"), reason=reason)

    tried(request, work, done=_("已设定期限。"))


def _remind(request: HttpRequest, keys: list[int]) -> None:
    """Remind the units that lead the chosen tasks of what they have not reported."""
    require(request.user, Action.MESSAGES_SEND)
    period = key_of(request.POST, "period")

    def work() -> None:
        if period is None or not keys:
            raise ServiceError("services.nothing_chosen")
        rows = rows_of(seen(request, Action.MESSAGES_SEND), RegisterFilter(keys=tuple(keys)))
        units = {part.organisation_id for row in rows for part in row.parties.all() if part.role == "lead"}
        remind(request.user, period, sorted(units), (Channel.SITE,))

    tried(request, work, done=_("已提醒所选任务的牵头单位中尚未报送的单位。"))


def _export(request: HttpRequest, wanted: RegisterFilter, ending: str) -> HttpResponse:
    if ending not in WRITERS or not may(request.user, Action.REGISTER_EXPORT):
        raise Http404
    sheet = register_sheet(request, seen(request, Action.REGISTER_EXPORT), wanted)
    record_export(request.user, PAGE_NAME, rows=len(sheet.rows))
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


def _back(request: HttpRequest) -> HttpResponse:
    query = filter_query(request)
    return redirect(f"{reverse('register')}?{query}" if query else reverse("register"))
