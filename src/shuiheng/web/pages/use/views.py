"""The use explorer (用水分析): who used how much, in any grouping, beside the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Sheet, write_csv, write_workbook
from shuiheng.adapters.records.queries_ledger import districts_of, use_classes_of
from shuiheng.adapters.records.queries_use import Grouping
from shuiheng.adapters.records.queries_use_names import names_of, newest_month, zones_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.services.errors import ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.use.periods import Step
from shuiheng.services.use.use_glance import filled, use_at_a_glance
from shuiheng.services.use.use_totals import GroupUse, UseAnswer, UseQuestion, use_answer
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.page import page, seen
from shuiheng.web.pages.use.asked import Asked, asked_from
from shuiheng.web.pages.use.days import day_picture, day_sheet, day_table
from shuiheng.web.pages.use.plans import ONE_PLAN, plans_of
from shuiheng.web.pages.use.table import (
    SERIES,
    Beside,
    Row,
    grouping_words,
    ordered,
    picture,
    rows_of,
    sections_of,
    use_sheet,
)
from shuiheng.web.sending import attachment
from shuiheng.web.templatetags.volumes import in_wan, unit_name
from shuiheng.web.words_ledger import USE_CLASSES
from shuiheng.web.words_use import GROUPINGS, ORDERS, STEPS

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.READINGS_LOOK)
def use_explorer(request: HttpRequest) -> HttpResponse:
    """Show what was used."""
    sight = seen(request, Action.READINGS_LOOK)
    asked = _asked(request.GET, sight)
    context = _choices(sight, asked) | {
        "asked": asked,
        "question": asked.question,
        "step": asked.question.step.value,
        "title": grouping_words(asked.question.by, asked.question.step),
    }
    if asked.question.step is Step.DAY:
        return render(request, "use/days.html", context | _days(sight, asked))
    answer = use_at_a_glance(sight, asked.question, order=asked.order)
    groups = ordered(answer, asked.order)
    shown = Paginator(groups, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = _rows(request, sight, asked.question, shown.object_list, answer)
    largest = rows
    if asked.order != "most" or shown.number > 1:
        largest = _rows(request, sight, asked.question, answer.groups[:SERIES], answer)
    wan = in_wan(answer.whole.now.litres if answer.whole.now is not None else None)
    context |= {
        "page": shown,
        "rows": rows,
        "largest": largest[:SERIES],
        "periods": answer.periods,
        "whole": answer.whole,
        "before": answer.before,
        "picture": picture(answer, largest[:SERIES], wan=wan),
        "wan": wan,
        "unit": unit_name(wan=wan),
        "most_missing": comparison().most_missing_share,
        "has_limits": any(group.limit is not None for group in answer.groups),
        "plans": plans_of(request, asked.question),
        "has_rates": asked.question.by in ONE_PLAN,
    }
    return render(request, "use/page.html", context)


@page(Action.LEDGER_EXPORT)
def use_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send what the page shows, all its rows, in m³."""
    if ending not in WRITERS:
        raise Http404
    sight = seen(request, Action.LEDGER_EXPORT)
    asked = _asked(request.GET, sight)
    try:
        sheet = _sheet(request, sight, asked)
    except ServiceError as error:
        raise Http404 from error
    record_export(request.user, "use", rows=len(sheet.rows), action=Action.LEDGER_EXPORT)
    period = f"{asked.question.first:%Y%m}-{asked.question.last:%Y%m}"
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending, period=period))


def _sheet(request: HttpRequest, sight: Sight, asked: Asked) -> Sheet:
    wanted = _filter_words(sight, asked)
    if asked.question.step is Step.DAY:
        table = day_table(sight, asked.question)
        return day_sheet(table, export_notes(request, wanted=wanted, order=_("日期"), count=len(table.rows)))
    answer = use_answer(sight, asked.question)
    groups = ordered(answer, asked.order)
    rows = rows_of(request, sight, asked.question, groups, answer)
    beside = Beside(
        plans=plans_of(request, asked.question),
        sections=sections_of(sight, asked.question.by, [row.group.key for row in rows], asked.question.last),
    )
    notes = export_notes(request, wanted=wanted, order=words.word(ORDERS, asked.order), count=len(rows))
    return use_sheet(rows, answer, beside, notes=notes)


def _rows(
    request: HttpRequest, sight: Sight, asked: UseQuestion, groups: Sequence[GroupUse], answer: UseAnswer
) -> list[Row]:
    return rows_of(request, sight, asked, filled(sight, asked, groups), answer)


def _asked(query: Mapping[str, str], sight: Sight) -> Asked:
    today = timezone.localdate()
    return asked_from(query, newest=newest_month(sight, today) or today.replace(day=1))


def _days(sight: Sight, asked: Asked) -> dict[str, Any]:
    try:
        table = day_table(sight, asked.question)
    except ServiceError as error:
        return {"refused": sentence_of(error.code, error.values, language=get_language() or "zh")}
    return {"table": table, "picture": day_picture(table)}


def _choices(sight: Sight, asked: Asked) -> dict[str, Any]:
    wanted = asked.question.wanted
    user = names_of(sight, Grouping.USER, [wanted.user], asked.question.last) if wanted.user else {}
    return {
        "groupings": GROUPINGS.items(),
        "steps": STEPS.items(),
        "orders": ORDERS.items(),
        "districts": districts_of(sight),
        "classes": list(dict.fromkeys([*USE_CLASSES, *use_classes_of(sight)])),
        "zones": zones_of(sight),
        "user_name": user.get(wanted.user),
    }


def _filter_words(sight: Sight, asked: Asked) -> str:
    question = asked.question
    names = {place.pk: place.name for place in districts_of(sight)}
    wanted = question.wanted
    return said_filter(
        [
            (_("分组"), grouping_words(question.by, question.step)),
            (_("起止"), f"{question.first:%Y-%m}—{question.last:%Y-%m}"),
            (_("区县"), names.get(wanted.district or 0, "")),
            (_("用水类别"), words.word(USE_CLASSES, wanted.use_class) if wanted.use_class else ""),
            (_("计量分区"), wanted.zone),
            (_("用水户"), wanted.user),
        ]
    )
