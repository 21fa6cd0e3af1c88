"""Pages of use norms: search, one norm, users beside their norms, and the workbooks that bring them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_norms import norm_batches
from shuiheng.allowances.norm_evaluation import NormGrade
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.rules.norm_book import (
    marked_norms,
    norm_workbook,
    receive_norms,
    take_norms,
    undo_norms,
)
from shuiheng.services.rules.norm_grades import GradedUser, graded_users
from shuiheng.services.rules.norms_now import norms_now, standard_name
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.readings.views import content_of
from shuiheng.web.pages.rules.city import city_of
from shuiheng.web.pages.rules.shown import known_sources, place_name
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment
from shuiheng.web.words import word
from shuiheng.web.words_rules import NORM_GRADES, NORM_MISSING

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
PAGE_SIZE, YEARS, SHOWN_FINDINGS, LITRES_OF_M3 = 50, 5, 200, 1000


@page(Action.RULES_LOOK)
def use_norms(request: HttpRequest) -> HttpResponse:
    """Show the norms that bear on the city, searched by industry and product."""
    city = city_of(request)
    shown = Paginator(_wanted(request, city), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "city": city,
        "page": shown,
        "norms": [_shown(each, city) for each in shown.object_list],
        "wanted": {name: request.GET.get(name, "") for name in ("q", "industry")},
        "may_propose": may(request.user, Action.RULES_PROPOSE),
    }
    return render(request, "rules/norms.html", context)


@page(Action.RULES_LOOK)
def use_norms_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the norms that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    city = city_of(request)
    found = _wanted(request, city)
    wanted = said_filter(
        [(_("文字"), request.GET.get("q", "")), (_("行业代码"), request.GET.get("industry", ""))]
    )
    notes = export_notes(request, wanted=wanted, order=_("行业代码"), count=len(found))
    sheet = Sheet(
        title=_("用水定额"),
        columns=_norm_columns(),
        rows=[_norm_cells(each, city) for each in found],
        notes=notes,
    )
    record_export(request.user, "norms", rows=len(found), action=Action.RULES_LOOK)
    return attachment(
        WRITERS[ending](sheet), name=f"{city.name}_{sheet.title}_{timezone.localdate():%Y%m%d}.{ending}"
    )


@page(Action.RULES_LOOK)
def use_norm(request: HttpRequest) -> HttpResponse:
    """Show one norm with the values of its product in other standards and years."""
    city = city_of(request)
    standard, number = words_of(request.GET, "standard", limit=200), words_of(request.GET, "id", limit=60)
    every = norms_now(city)
    same = [each for each in every if each.standard == standard and each.id == number]
    if not same:
        raise Http404
    newest = max(same, key=lambda each: (each.withdrawn_on is None, each.valid_from, each.recorded_on))
    others = [each for each in every if each.product == newest.product and each not in same]
    context = {
        "city": city,
        "norm": newest,
        "shown": _shown(newest, city),
        "history": [_shown(each, city) for each in same],
        "others": [_shown(each, city) for each in others],
        "source": known_sources().get(newest.standard),
        "years": _past_years(),
        "may_try": newest.withdrawn_on is None and _may_ask(request),
    }
    return render(request, "rules/norm.html", context)


@page(Action.CHARGES_LOOK)
def norm_grades(request: HttpRequest) -> HttpResponse:
    """Show how the users of the city stood to their norms in a year."""
    city, year = city_of(request, Action.CHARGES_LOOK), _year(request)
    every = graded_users(seen(request, Action.CHARGES_LOOK), city, year)
    shown = Paginator(_graded(request, every), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "city": city,
        "year": year,
        "years": _past_years(),
        "page": shown,
        "rows": [
            (each, _missing_words(each), _litres(each.use_m3), _litres(each.allowed_m3))
            for each in shown.object_list
        ],
        "tally": [(code, sum(1 for each in every if each.grade == code)) for code in NORM_GRADES],
        "wanted": {name: request.GET.get(name, "") for name in ("q", "grade")},
    }
    return render(request, "rules/norm_grades.html", context)


@page(Action.CHARGES_LOOK)
def norm_grades_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the users that the filter leaves with how each stood to its norms."""
    if ending not in WRITERS:
        raise Http404
    city, year = city_of(request, Action.CHARGES_LOOK), _year(request)
    found = _graded(request, graded_users(seen(request, Action.CHARGES_LOOK), city, year))
    grade = request.GET.get("grade", "")
    wanted = said_filter(
        [(_("文字"), request.GET.get("q", "")), (_("结论"), word(NORM_GRADES, grade) if grade else "")]
    )
    notes = export_notes(request, wanted=wanted, order=_("用水与定额之比"), count=len(found))
    title = _("%(year)d年定额评价") % {"year": year}
    sheet = Sheet(
        title=title, columns=_grade_columns(), rows=[_grade_cells(each) for each in found], notes=notes
    )
    record_export(request.user, "norms", rows=len(found), action=Action.CHARGES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{city.name}_{title}.{ending}")


@page(Action.RULES_LOOK)
def norm_books(request: HttpRequest) -> HttpResponse:
    """Show the workbooks of norms that came, and where to send one."""
    city_of(request)
    shown = Paginator(norm_batches(seen(request, Action.RULES_LOOK)), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": shown,
        "rows": shown.object_list,
        "may_propose": may(request.user, Action.RULES_PROPOSE),
    }
    return render(request, "rules/norm_books.html", context)


@page(Action.RULES_PROPOSE)
def norm_book_form(request: HttpRequest) -> HttpResponse:
    """Send the form to fill in."""
    name, content = norm_workbook(request.user)
    return attachment(content, name=name)


@page(Action.RULES_PROPOSE, methods=("POST",))
def send_norm_book(request: HttpRequest) -> HttpResponse:
    """Take a workbook of norms and lead to what was found in it."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise ServiceError("services.nothing_chosen")
        reason = words_of(request.POST, "reason", limit=300)
        batch = receive_norms(request.user, content=content_of(file), name=file.name or "", reason=reason)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("norm_books")
    return redirect("norm_book", batch.pk)


@page(Action.RULES_LOOK)
def norm_book(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a workbook of norms would bring, or brought, and what is wrong with it."""
    batch = norm_batches(seen(request, Action.RULES_LOOK)).filter(pk=key).first()
    if batch is None:
        raise Http404
    language = get_language() or "zh"
    found = batch.findings[:SHOWN_FINDINGS]
    context = {
        "batch": batch,
        "findings": [(each, sentence_of(each["code"], each["values"], language=language)) for each in found],
        "hidden": max(0, batch.counts.get("errors", 0) - len(found)),
        "may_review": may(request.user, Action.RULES_REVIEW) and batch.made_by != request.user,
        "may_mark": may(request.user, Action.RULES_PROPOSE),
        "years": _past_years(),
        "may_try": batch.state == "checked"
        and not batch.counts.get("errors")
        and bool(batch.counts.get("writes"))
        and _may_ask(request),
    }
    return render(request, "rules/norm_book.html", context)


@page(Action.RULES_PROPOSE)
def marked_norm_book(request: HttpRequest, key: int) -> HttpResponse:
    """Send a workbook back with its bad cells marked."""
    try:
        name, content = marked_norms(request.user, key)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("norm_book", key)
    return attachment(content, name=name)


@page(Action.RULES_REVIEW, methods=("POST",))
def take_norm_book(request: HttpRequest, key: int) -> HttpResponse:
    """Take a checked workbook in."""
    tried(request, lambda: take_norms(request.user, key), done=_("定额已写入。"))
    return redirect("norm_book", key)


@page(Action.RULES_REVIEW, methods=("POST",))
def undo_norm_book(request: HttpRequest, key: int) -> HttpResponse:
    """Undo a workbook with a reason."""
    reason = words_of(request.POST, "reason", limit=300)
    tried(request, lambda: undo_norms(request.user, key, reason=reason), done=_("整批定额已撤销。"))
    return redirect("norm_book", key)


def _may_ask(request: HttpRequest) -> bool:
    """Return whether the reader may ask for a replay and read what it finds."""
    asks = may(request.user, Action.RULES_PROPOSE) or may(request.user, Action.RULES_REVIEW)
    return asks and may(request.user, Action.CHARGES_LOOK)


def _past_years() -> range:
    last = timezone.localdate().year - 1
    return range(last, last - YEARS, -1)


def _wanted(request: HttpRequest, city: Place) -> list[UseNorm]:
    """Return the norms that a filter leaves, by industry and product; what was withdrawn is left out."""
    words, industry = words_of(request.GET, "q", limit=60), words_of(request.GET, "industry", limit=4)
    found = [
        each
        for each in norms_now(city)
        if each.withdrawn_on is None
        and each.industry.startswith(industry)
        and all(
            part in f"{each.product} {each.condition} {each.id} {standard_name(each.standard)}"
            for part in words.split()
        )
    ]
    return sorted(
        found, key=lambda each: (each.industry, each.product, each.condition, -each.valid_from.toordinal())
    )


def _shown(norm: UseNorm, city: Place) -> dict[str, Any]:
    return {"norm": norm, "standard": standard_name(norm.standard), "place": place_name(norm.area, city)}


def _year(request: HttpRequest) -> int:
    asked, last = key_of(request.GET, "year"), timezone.localdate().year - 1
    return asked if asked is not None and last - YEARS < asked <= last else last


def _graded(request: HttpRequest, every: Sequence[GradedUser]) -> list[GradedUser]:
    """Return the users that a filter leaves: those that exceed their norms most first, the unknown last."""
    words, grade = words_of(request.GET, "q", limit=60), request.GET.get("grade", "")
    found = [
        each
        for each in every
        if (not grade or each.grade == grade)
        and (not words or words in each.user.name or words in each.user.district)
    ]
    return sorted(
        found, key=lambda each: (each.grade is NormGrade.UNKNOWN, -(each.ratio or 0), each.user.name)
    )


def _litres(volume_m3: Decimal | None) -> int | None:
    return None if volume_m3 is None else int(volume_m3 * LITRES_OF_M3)


def _missing_words(graded: GradedUser) -> str:
    return "、".join(word(NORM_MISSING, each.partition(":")[0]) for each in graded.missing)


def _norm_columns() -> list[Column]:
    code, number = ColumnForm.CODE, ColumnForm.NUMBER
    return [
        Column(title=_("行业代码"), width=10, form=code),
        Column(title=_("产品或服务"), width=30),
        Column(title=_("条件"), width=24),
        Column(title=_("单位"), width=16),
        Column(title=_("通用值"), width=12, form=number),
        Column(title=_("先进值"), width=12, form=number),
        Column(title=_("领跑值"), width=12, form=number),
        Column(title=_("标准"), width=40),
        Column(title=_("适用地区"), width=14),
        Column(title=_("自何日起"), width=12, form=code),
        Column(title=_("核对"), width=12),
    ]


def _norm_cells(norm: UseNorm, city: Place) -> list[Any]:
    values = [
        norm.industry,
        norm.product,
        norm.condition,
        norm.unit,
        norm.general,
        norm.advanced,
        norm.leader,
    ]
    checked = _("已核对") if norm.check is not None else _("未核对")
    return [
        *values,
        standard_name(norm.standard),
        place_name(norm.area, city),
        norm.valid_from.isoformat(),
        checked,
    ]


def _grade_columns() -> list[Column]:
    number = ColumnForm.NUMBER
    return [
        Column(title=_("名称"), width=34),
        Column(title=_("所在区县"), width=14),
        Column(title=_("行业代码"), width=10, form=ColumnForm.CODE),
        Column(title=_("全年水量（m³）"), width=16, form=number),
        Column(title=_("定额水量（m³）"), width=16, form=number),
        Column(title=_("用水与定额之比"), width=14, form=number),
        Column(title=_("结论"), width=12),
        Column(title=_("缺什么"), width=24),
    ]


def _grade_cells(graded: GradedUser) -> list[Any]:
    user = graded.user
    ratio = None if graded.ratio is None else round(graded.ratio, 4)
    allowed = None if graded.allowed_m3 is None else round(graded.allowed_m3, 3)
    said = [user.name, user.district, user.industry, graded.use_m3, allowed, ratio]
    return [*said, word(NORM_GRADES, graded.grade.value), _missing_words(graded)]
