"""Plans of one year (年度实施计划), rolled out of plans of several years."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_responsibility, write_workbook
from shuiheng.adapters.exports.responsibility import ResponsibilityRow, ResponsibilityWords
from shuiheng.adapters.records.models import AnnualItem, AnnualPlan, PlanDocument
from shuiheng.adapters.records.queries_register import (
    annual_plan_at,
    annual_plans,
    assignable,
    register_plans,
)
from shuiheng.services.annual_plan import (
    ItemFields,
    add_item,
    draft_annual_plan,
    edit_items,
    issue_annual_plan,
    years_of,
)
from shuiheng.services.demand_words import plain_number, shown_unit
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for
from shuiheng.web.choices import is_shared
from shuiheng.web.fields import FieldError, day_of, key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment

WHAT_LIMIT = 4000


@page(Action.LOOK, methods=("GET", "POST"))
def annual_page_list(request: HttpRequest) -> HttpResponse:
    """Show the plans of single years; make one."""
    made: list[AnnualPlan] = []
    if request.method == "POST":

        def work() -> None:
            plan, _sep, year = request.POST.get("plan", "").rpartition(":")
            row = row_for(request.user, Action.ASSIGN, PlanDocument, slug=plan)
            if not (year.isascii() and year.isdecimal() and len(year) == 4):
                raise ServiceError("services.annual_year", year=year[:10])
            made.append(draft_annual_plan(request.user, row.pk, int(year)))

        if tried(request, work, done=_("年度实施计划已编制，请核对各项后印发。")):
            return redirect("annual_plan", key=made[0].pk)
    context: dict[str, object] = {"rows": annual_plans(seen(request))}
    if may(request.user, Action.ASSIGN):
        sight = seen(request, Action.ASSIGN)
        with_tasks = dict(register_plans(sight))
        plans = sight(PlanDocument).filter(slug__in=with_tasks).order_by("pk")
        context["choices"] = [(plan, year) for plan in plans for year in years_of(plan)]
    return render(request, "annual/list.html", context, status=422 if request.method == "POST" else 200)


@page(Action.LOOK, methods=("GET", "POST"))
def annual_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show the plan of one year; while it is a draft its items can be changed."""
    annual = _annual(request, key)
    if request.method == "POST":
        if tried(request, lambda: _save(request, annual), done=_("已保存。")):
            return redirect("annual_plan", key=key)
        annual = _annual(request, key)
    is_draft = annual.issued_at is None
    may_edit = is_draft and may(request.user, Action.ASSIGN)
    units = assignable(seen(request, Action.ASSIGN), annual.plan.place) if may_edit else []
    context = {
        "annual": annual,
        "may_edit": may_edit,
        "may_issue": is_draft and may(request.user, Action.PUBLISH),
        "units": units,
        "is_shared": is_shared(len(annual.items.all()), len(units)),
    }
    return render(request, "annual/page.html", context, status=422 if request.method == "POST" else 200)


@page(Action.PUBLISH, methods=("POST",))
def issue_annual(request: HttpRequest, key: int) -> HttpResponse:
    """Issue the plan of one year."""
    tried(request, lambda: issue_annual_plan(request.user, key), done=_("年度实施计划已印发。"))
    return redirect("annual_plan", key=key)


@page(Action.EXPORT)
def export_annual(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the plan of one year as a Word document or a workbook."""
    annual = _annual(request, key, with_parts=ending == "docx")
    writers = {"docx": _document, "xlsx": _workbook}
    if ending not in writers:
        raise Http404
    with translation.override("zh-hans"):  # an official document, whatever language the reader chose
        content = writers[ending](annual)
    record_export(request.user, "annual_plan", rows=annual.items.count())
    return attachment(content, name=f"{annual.title[:60]}.{ending}")


def _annual(request: HttpRequest, key: int, *, with_parts: bool = False) -> AnnualPlan:
    annual = annual_plan_at(seen(request), key, with_parts=with_parts)
    if annual is None:
        raise Http404
    return annual


def _save(request: HttpRequest, annual: AnnualPlan) -> None:
    """Take the changed items of the form, and a new one when a task was chosen."""
    changes = {
        item.pk: None if request.POST.get(f"drop-{item.pk}") else _fields(request, str(item.pk))
        for item in annual.items.all()
        if f"what-{item.pk}" in request.POST
    }
    task = key_of(request.POST, "task-new")
    if changes or task is None:
        edit_items(request.user, annual.pk, changes)
    if task is not None:
        add_item(request.user, annual.pk, task, _fields(request, "new"))


def _fields(request: HttpRequest, mark: str) -> ItemFields:
    number = words_of(request.POST, f"value-{mark}", limit=40).replace(",", "")
    try:
        value = Decimal(number) if number else None
    except InvalidOperation as error:
        raise FieldError("value", number) from error
    if value is not None and not (value.is_finite() and abs(value) < Decimal(10) ** 20):
        raise FieldError("value", number)
    return ItemFields(
        what=words_of(request.POST, f"what-{mark}", limit=WHAT_LIMIT),
        value=value,
        unit=words_of(request.POST, f"unit-{mark}", limit=20),
        due_on=day_of(request.POST, f"due-{mark}"),
        organisation=key_of(request.POST, f"organisation-{mark}"),
    )


def _said(item: AnnualItem) -> str:
    """Return what an item asks for, with its figure and day."""
    figure = "" if item.value is None else f"{plain_number(item.value)}{shown_unit(item.unit)}"
    parts = [item.what, figure, item.due_on.isoformat() if item.due_on else ""]
    return "；".join(part for part in parts if part)


def _document(annual: AnnualPlan) -> bytes:
    rows = [
        ResponsibilityRow(
            path=(item.task.path_text.split(" / ")[0] if item.task else _("总体目标"),),
            text=_said(item),
            lead=(item.organisation.name,) if item.organisation else (),
            joint=tuple(
                part.organisation.name
                for part in (item.task.parties.all() if item.task else ())
                if part.role == "joint"
            ),
        )
        for item in annual.items.all()
    ]
    at = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    state = _("已印发") if annual.issued_at else _("草案")
    words = ResponsibilityWords(path=_("所属章节"), text=_("年度工作"))
    notes = [_("%(state)s，%(at)s 由水衡导出。") % {"state": state, "at": at}]
    return write_responsibility(annual.title, rows, notes=notes, words=words)


def _workbook(annual: AnnualPlan) -> bytes:
    columns = [
        Column(title=_("序号"), form=ColumnForm.NUMBER, width=7),
        Column(title=_("所属章节"), width=28),
        Column(title=_("年度工作"), width=70),
        Column(title=_("数值"), form=ColumnForm.NUMBER, width=12),
        Column(title=_("计量单位"), width=10),
        Column(title=_("期限"), form=ColumnForm.DAY, width=12),
        Column(title=_("责任单位"), width=28),
    ]
    rows = [
        [
            number,
            item.task.path_text if item.task else _("总体目标"),
            item.what,
            item.value,
            shown_unit(item.unit),
            item.due_on,
            item.organisation.name if item.organisation else "",
        ]
        for number, item in enumerate(annual.items.all(), start=1)
    ]
    state = _("已印发") if annual.issued_at else _("草案")
    return write_workbook(Sheet(title=annual.title, columns=columns, rows=rows, notes=[state]))
