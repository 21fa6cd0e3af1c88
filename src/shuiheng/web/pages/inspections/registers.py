"""The registers of inspectors and of items: listed, entered on the same page, closed by a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import (
    InspectionItem,
    InspectorEntry,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
)
from shuiheng.adapters.records.queries_inspections import LIMIT, inspection_items, inspectors
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.draw_scope import ObjectKind
from shuiheng.services.inspections.keep_inspectors import InspectorFields, close_inspector, enter_inspector
from shuiheng.services.inspections.keep_items import (
    AnswerForm,
    ItemFields,
    Question,
    close_item,
    enter_item,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import wanted_day, words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.ledger.asks import Ask, Form
from shuiheng.web.pages.ledger.form_page import FormPage, asked, today_typed
from shuiheng.web.saying import tried
from shuiheng.web.words_inspections import ANSWERS, KINDS

PAGE_SIZE, QUESTION_ROWS, LONGEST = 50, 12, 200
SENDING = (OrganisationKind.OFFICE, OrganisationKind.DEPARTMENT, OrganisationKind.DISTRICT)


@page(Action.INSPECTIONS_LOOK)
def inspector_register(request: HttpRequest) -> HttpResponse:
    """Show who can be sent."""
    wanted = plain(request.GET.get("q", ""))[:LIMIT]
    rows = inspectors(seen(request, Action.INSPECTIONS_LOOK), words=wanted)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": shown.object_list, "words": wanted, "today": timezone.localdate()}
    return render(request, "inspections/inspectors.html", context)


@page(Action.INSPECTIONS_KEEP, methods=("GET", "POST"))
def new_inspector(request: HttpRequest) -> HttpResponse:
    """Enter a person into the register."""
    rows = seen(request, Action.INSPECTIONS_KEEP)(Organisation).filter(kind__in=SENDING)
    units = [(row.pk, row.name) for row in rows.filter(to_on__isnull=True)]

    def done(given: dict[str, Any]) -> str:
        enter_inspector(request.user, InspectorFields(**given))
        return reverse("inspector_register")

    form = FormPage(
        title=_("登记检查人员"),
        done=_("已登记。"),
        asks=inspector_asks(units),
        initial={"from_on": today_typed()},
        back=reverse("inspector_register"),
        template="inspections/form.html",
    )
    return asked(request, form, done)


@page(Action.INSPECTIONS_LOOK)
def item_register(request: HttpRequest) -> HttpResponse:
    """Show what can be looked at, with its questions."""
    sight = seen(request, Action.INSPECTIONS_LOOK)
    shown = Paginator(inspection_items(sight), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": shown.object_list, "today": timezone.localdate()}
    return render(request, "inspections/items.html", context)


@page(Action.INSPECTIONS_KEEP, methods=("GET", "POST"))
def new_item(request: HttpRequest) -> HttpResponse:
    """Enter an item with its questions."""
    places = seen(request, Action.INSPECTIONS_KEEP)(Place).filter(kind=PlaceKind.CITY)
    cities = [(row.pk, row.name) for row in places]

    def done(given: dict[str, Any]) -> str:
        city, kind = given.pop("city"), given.pop("kind")
        kinds = [ObjectKind(kind)] if kind else []
        fields = ItemFields(kinds=kinds, questions=typed_questions(request), **given)
        enter_item(request.user, city, fields)
        return reverse("item_register")

    form = FormPage(
        title=_("登记抽查事项"),
        done=_("已登记。"),
        asks=item_asks(cities),
        initial={"from_on": today_typed(), "city": str(cities[0][0]) if cities else ""},
        back=reverse("item_register"),
        further={"questions": _question_rows(request), "answers": ANSWERS.items()},
        template="inspections/form.html",
    )
    return asked(request, form, done)


@page(Action.INSPECTIONS_KEEP, methods=("POST",))
def end_inspector(request: HttpRequest, key: int) -> HttpResponse:
    """Close an entry of the register of inspectors by a day."""
    row_for(request.user, Action.INSPECTIONS_KEEP, InspectorEntry, pk=key)

    def work() -> None:
        close_inspector(request.user, key, to_on=wanted_day(request.POST, "to_on"))

    tried(request, work, done=_("已注销登记。"))
    return redirect("inspector_register")


@page(Action.INSPECTIONS_KEEP, methods=("POST",))
def end_item(request: HttpRequest, key: int) -> HttpResponse:
    """Close an item by a day."""
    row_for(request.user, Action.INSPECTIONS_KEEP, InspectionItem, pk=key)

    def work() -> None:
        close_item(request.user, key, to_on=wanted_day(request.POST, "to_on"))

    tried(request, work, done=_("已停用。"))
    return redirect("item_register")


def inspector_asks(units: Sequence[tuple[int, str]]) -> list[Ask]:
    """Return what is asked of an inspector."""
    return [
        Ask(name="organisation", label=_("单位"), form=Form.KEY, choices=units, is_needed=True),
        Ask(name="name", label=_("姓名"), is_needed=True, limit=60),
        Ask(name="certificate", label=_("执法证号"), is_needed=True, limit=60),
        Ask(name="from_on", label=_("起始日期"), form=Form.DAY, is_needed=True),
        Ask(name="account", label=_("登录名"), limit=60, hint=_("用手机填写检查记录时需要。")),
    ]


def item_asks(cities: Sequence[tuple[int, str]]) -> list[Ask]:
    """Return what is asked of an item, beside its questions."""
    return [
        Ask(name="city", label=_("城市"), form=Form.KEY, choices=cities, is_needed=True),
        Ask(name="number", label=_("事项编号"), is_needed=True, limit=30),
        Ask(name="name", label=_("抽查事项"), is_needed=True, is_long=True, limit=120),
        Ask(name="kind", label=_("适用对象"), form=Form.CHOICE, table=KINDS, nothing=_("全部")),
        Ask(name="from_on", label=_("起始日期"), form=Form.DAY, is_needed=True),
        Ask(name="source", label=_("依据文件"), is_needed=True, is_long=True),
        Ask(name="clause", label=_("条款"), is_needed=True, is_long=True),
    ]


def typed_questions(request: HttpRequest) -> list[Question]:
    """Return the questions that were typed, empty rows left out.

    Raises:
        ServiceError: `inspections.field_missing`, the form of an answer is unknown.
    """
    found = []
    for row in _question_rows(request):
        if not row["text"]:
            continue
        if row["answer"] not in set(AnswerForm):
            raise ServiceError("inspections.field_missing", field=_("回答方式"))
        found.append(Question(text=row["text"], answer=AnswerForm(row["answer"]), unit=row["unit"]))
    return found


def _question_rows(request: HttpRequest) -> list[dict[str, str]]:
    """Return the rows of questions as typed, with empty ones after them."""
    return [
        {
            "n": str(n),
            "text": words_of(request.POST, f"q{n}", limit=LONGEST),
            "answer": words_of(request.POST, f"a{n}", limit=20) or AnswerForm.YES_NO.value,
            "unit": words_of(request.POST, f"u{n}", limit=20),
        }
        for n in range(1, QUESTION_ROWS + 1)
    ]
