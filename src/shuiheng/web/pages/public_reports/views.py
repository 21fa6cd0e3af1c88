"""The list of reports by the public, one report, its photos, the list as a file; a unit sees its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Place, PublicReport
from shuiheng.adapters.records.queries_public import (
    LIMIT,
    OPEN,
    PublicFilter,
    alike_reports,
    handlers_in_sight,
    merged_reports,
    one_report,
    public_counts,
    public_list,
)
from shuiheng.adapters.records.sight import Grain, Sight
from shuiheng.adapters.rulebook.public_policy import HANDLERS, public_policy
from shuiheng.services.permission import Action, may
from shuiheng.services.public_reports.open_cities import districts_of
from shuiheng.services.public_reports.open_private import open_photo, reveal_reporter
from shuiheng.services.public_reports.publish_report import persons_in
from shuiheng.services.public_reports.tell_report import LONGEST
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import own_places
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import FieldError, day_of, key_of, words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment
from shuiheng.web.templatetags.public_words import matter
from shuiheng.web.words_public import PERSONS, STATES

PAGE_SIZE, SOON_DAYS, OK = 50, 2, 200
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
ANSWERABLE = ("triaged", "assigned")
ENDED = ("answered", "closed")


@page(Action.PUBLIC_REPORTS_LOOK)
def public_reports(request: HttpRequest) -> HttpResponse:
    """Show the reports that a filter leaves; a unit sees those that were sent to it."""
    sight, today = seen(request, Action.PUBLIC_REPORTS_LOOK), timezone.localdate()
    wanted = wanted_from(request.GET)
    shown = Paginator(public_list(sight, wanted, today), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": shown.object_list,
        "wanted": wanted,
        "is_filtered": wanted != PublicFilter(),
        "is_office": sight.grain is Grain.CITY,
        "counts": public_counts(sight, today),
        "states": STATES.items(),
        "matters": public_policy().matters,
        "districts": _districts(request, sight),
        "soon": today + timedelta(days=SOON_DAYS),
    }
    return render(request, "public_reports/list.html", context)


@page(Action.PUBLIC_REPORTS_LOOK)
def public_report(request: HttpRequest, key: int) -> HttpResponse:
    """Show one report: what was said, what looks like it, who answers it, what became of it."""
    return report_page(request, key)


@page(Action.PUBLIC_REPORTS_ANSWER, methods=("POST",))
def reveal_public_report(request: HttpRequest, key: int) -> HttpResponse:
    """Show one report with its contact in full, and write down who looked and what for."""
    purpose = words_of(request.POST, "purpose", limit=LONGEST["reason"])
    work = _Reveal(request, key, purpose)
    is_revealed = tried(request, work, done=_("已记录本次查看。"))
    return report_page(request, key, is_revealed=is_revealed)


@page(Action.PUBLIC_REPORTS_LOOK)
def public_report_photo(request: HttpRequest, key: int) -> HttpResponse:
    """Show a photo of a report."""
    found = open_photo(request.user, key)
    response = HttpResponse(found.content, content_type=found.row.media_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "no-store"
    return response


@page(Action.PUBLIC_REPORTS_LOOK)
def public_reports_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the reports that the filter leaves; contacts and photos are not in it."""
    if ending not in WRITERS:
        raise Http404
    sight, wanted = seen(request, Action.PUBLIC_REPORTS_LOOK), wanted_from(request.GET)
    found = list(public_list(sight, wanted, timezone.localdate()))
    names = {place.pk: place.name for place in _districts(request, sight)}
    said = said_filter(
        [
            (_("文字"), wanted.words),
            (_("状态"), words.word(STATES, wanted.state) if wanted.state else ""),
            (_("反映的问题"), matter(wanted.kind) if wanted.kind else ""),
            (_("区县"), names.get(wanted.district, str(wanted.district)) if wanted.district else ""),
            (_("期限不晚于"), wanted.due_by or ""),
            (_("只看逾期"), _("是") if wanted.is_late else ""),
        ]
    )
    notes = export_notes(request, wanted=said, order=_("收到时间，从新到旧"), count=len(found))
    sheet = Sheet(title=_("公众反映"), columns=_columns(), rows=[_cells(row) for row in found], notes=notes)
    record_export(request.user, "public_reports", rows=len(found), action=Action.PUBLIC_REPORTS_LOOK)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


def report_page(
    request: HttpRequest, key: int, *, is_revealed: bool = False, status: int = OK
) -> HttpResponse:
    """Show one report, with what was typed where that was refused.

    Raises:
        Http404: It is not the reader's.
    """
    sight = seen(request, Action.PUBLIC_REPORTS_LOOK)
    row = one_report(sight, key)
    if row is None:
        raise Http404
    may_keep, may_publish = (
        may(request.user, each) for each in (Action.PUBLIC_REPORTS_KEEP, Action.PUBLIC_REPORTS_PUBLISH)
    )
    may_answer = may(request.user, Action.PUBLIC_REPORTS_ANSWER)
    contact = getattr(row, "contact", None)
    context = {
        "row": row,
        "typed": {} if status == OK else request.POST.dict(),
        "contact": contact if contact is not None and contact.erased_at is None else None,
        "is_revealed": is_revealed,
        "may_reveal": may_answer,
        "is_office": sight.grain is Grain.CITY,
        "merged": merged_reports(sight, row),
        "may_sort": may_keep and row.state in OPEN,
        "may_answer": may_answer and row.state in ANSWERABLE,
        "may_return": may_keep and row.state == "answered",
        "may_word": may_keep and row.state in ENDED,
        "may_publish": may_publish and row.state in ENDED and bool(row.public_answer),
        "is_own": row.proposed_by_id == request.user.pk,
        "may_withdraw": may_publish and row.state == "published",
        "told": [
            words.word(PERSONS, each) for each in persons_in(row, f"{row.public_title}\n{row.public_answer}")
        ],
        "longest": LONGEST,
    }
    if may_keep and row.state in OPEN:
        context |= _sorting(request, sight, row)
    return render(request, "public_reports/report.html", context, status=status)


def wanted_from(query: Mapping[str, str]) -> PublicFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    state, kind = query.get("state", ""), query.get("kind", "")
    try:
        due_by = day_of(query, "due")
    except FieldError:
        due_by = None
    return PublicFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        state=state if state in STATES else "",
        kind=kind if kind in public_policy().matters else "",
        district=key_of(query, "district"),
        due_by=due_by,
        is_late=query.get("late") == "1",
    )


class _Reveal:
    """One look at a contact."""

    def __init__(self, request: HttpRequest, key: int, purpose: str) -> None:
        self.request, self.key, self.purpose = request, key, purpose

    def __call__(self) -> None:
        reveal_reporter(self.request.user, self.key, purpose=self.purpose)


def _sorting(request: HttpRequest, sight: Sight, row: PublicReport) -> dict[str, Any]:
    """Return what the form needs by which a report is sorted: matters, districts, units, what looks alike."""
    policy = public_policy()
    usual = policy.matters[row.kind].handler if row.kind in policy.matters else HANDLERS[0]
    kinds = (usual, *(each for each in HANDLERS if each != usual))
    units = handlers_in_sight(seen(request, Action.PUBLIC_REPORTS_KEEP), row, kinds)
    alike = alike_reports(
        sight, row, days=policy.alike_days, share=policy.alike_share, near=policy.near_degrees
    )
    return {
        "matters": policy.matters,
        "districts": districts_of(row.place),
        "units": units,
        "usual": [each for each in units if each.kind == usual],
        "others": [each for each in units if each.kind != usual],
        "alike": alike,
    }


def _districts(request: HttpRequest, sight: Sight) -> Sequence[Place]:
    if sight.grain is not Grain.CITY:
        return ()
    return [
        place for city in own_places(request.user, Action.PUBLIC_REPORTS_LOOK) for place in districts_of(city)
    ]


def _columns() -> Sequence[Column]:
    day = ColumnForm.DAY
    return [
        Column(title=_("编号"), width=18, form=ColumnForm.CODE),
        Column(title=_("收到"), width=12, form=day),
        Column(title=_("反映的问题"), width=26),
        Column(title=_("区县"), width=12),
        Column(title=_("地点"), width=30),
        Column(title=_("情况说明"), width=50),
        Column(title=_("状态"), width=12),
        Column(title=_("承办单位"), width=24),
        Column(title=_("答复期限"), width=12, form=day),
        Column(title=_("答复"), width=50),
        Column(title=_("答复时间"), width=12, form=day),
    ]


def _cells(row: PublicReport) -> list[Value]:
    return [
        row.number,
        timezone.localdate(row.received_at),
        matter(row.kind),
        row.district.name if row.district else None,
        row.spot,
        row.words,
        words.word(STATES, row.state),
        row.organisation.name if row.organisation else None,
        row.due_on,
        row.answer or None,
        timezone.localdate(row.answered_at) if row.answered_at else None,
    ]
