"""The list of checks, what waits for publication, both as files; one check; its printed record and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Check, CheckState
from shuiheng.adapters.records.queries_checks import (
    LATE,
    LIMIT,
    CheckFilter,
    check_counts,
    check_list,
    files_of,
    one_check,
    orders_of,
    proof_in_sight,
    published_checks,
    unpublished_checks,
)
from shuiheng.services.errors import NotThereError
from shuiheng.services.file_store import kept_content
from shuiheng.services.inspections.check_paper import record_file
from shuiheng.services.inspections.check_steps import content_digest
from shuiheng.services.inspections.keep_check_file import check_file
from shuiheng.services.keep_evidence import SHOWN_INSIDE
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import key_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.checks.shown import shown_items
from shuiheng.web.sending import attachment
from shuiheng.web.words_checks import RESULTS, STATES

PAGE_SIZE = 50
SHOWN_DAYS = 365
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.CHECKS_LOOK)
def checks(request: HttpRequest) -> HttpResponse:
    """Show the checks that a filter leaves; an inspector's own stand first where wished."""
    sight, wanted, today = seen(request, Action.CHECKS_LOOK), wanted_from(request), timezone.localdate()
    shown = Paginator(check_list(sight, wanted, today), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": shown.object_list,
        "wanted": wanted,
        "counts": check_counts(sight, today),
        "states": [(LATE, _("逾期未查")), *STATES.items()],
        "results": RESULTS.items(),
        "is_filtered": wanted != CheckFilter(),
        "today": today,
    }
    return render(request, "checks/list.html", context)


@page(Action.CHECKS_LOOK)
def checks_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the checks that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    wanted = wanted_from(request)
    found = list(check_list(seen(request, Action.CHECKS_LOOK), wanted, timezone.localdate()))
    said = said_filter(
        [
            (_("文字"), wanted.words),
            (_("状态"), words.word(STATES, wanted.state) if wanted.state in STATES else wanted.state),
            (_("结果"), words.word(RESULTS, wanted.result) if wanted.result else ""),
        ]
    )
    notes = export_notes(request, wanted=said, order=_("未记录的在前，按期限"), count=len(found))
    sheet = Sheet(title=_("现场检查"), columns=_columns(), rows=[_cells(row) for row in found], notes=notes)
    record_export(request.user, "checks", rows=len(found), action=Action.CHECKS_LOOK)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


@page(Action.CHECKS_LOOK)
def check_publication(request: HttpRequest) -> HttpResponse:
    """Show which results have to be published by when, late ones first, and what was published."""
    sight, today = seen(request, Action.CHECKS_LOOK), timezone.localdate()
    since = today - timedelta(days=SHOWN_DAYS)
    shown = Paginator(published_checks(sight, since=since), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"waiting": unpublished_checks(sight), "page": shown, "rows": shown.object_list, "today": today}
    return render(request, "checks/publication.html", context)


@page(Action.CHECKS_LOOK)
def publication_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send what was published of the last year: objects, days and results, and no persons."""
    if ending not in WRITERS:
        raise Http404
    since = timezone.localdate() - timedelta(days=SHOWN_DAYS)
    found = list(published_checks(seen(request, Action.CHECKS_LOOK), since=since))
    columns = [
        Column(title=_("检查对象"), width=36),
        Column(title=_("检查事项"), width=30),
        Column(title=_("检查日期"), width=12, form=ColumnForm.DAY),
        Column(title=_("结果"), width=14),
        Column(title=_("公开日期"), width=12, form=ColumnForm.DAY),
    ]
    rows: list[list[Value]] = [
        [row.subject, item_names(row), _day_of(row), words.word(RESULTS, row.result), row.published_on]
        for row in found
    ]
    notes = export_notes(request, wanted="", order=_("公开日期，从新到旧"), count=len(found))
    sheet = Sheet(title=_("检查结果公开"), columns=columns, rows=rows, notes=notes)
    record_export(request.user, "checks", rows=len(found), action=Action.CHECKS_LOOK)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


@page(Action.CHECKS_LOOK)
def check(request: HttpRequest, key: int) -> HttpResponse:
    """Show one check: who goes where, what was found, the evidence, what was ordered and became of it."""
    sight, today = seen(request, Action.CHECKS_LOOK), timezone.localdate()
    row = one_check(sight, key)
    if row is None:
        raise Http404
    files, team = files_of(sight, row), list(row.team.all())
    own = [each for each in team if each.inspector.account_id == request.user.pk]
    has_signed = any(each.signed_by_id == request.user.pk and each.digest == row.digest for each in team)
    may_fill, may_decide = (may(request.user, each) for each in (Action.CHECKS_FILL, Action.CHECKS_DECIDE))
    is_signer = any(each.signed_by_id == request.user.pk for each in team)
    is_open = row.state in (CheckState.RECORDED, CheckState.FINDING_OPEN)
    orders = orders_of(sight, row)
    context = {
        "row": row,
        "items": shown_items(row, list(row.answers.all()), files),
        "files": files,
        "team": team,
        "orders": orders,
        "today": today,
        "may_fill": may_fill and own and row.state in (CheckState.PLANNED, CheckState.UNDER_WAY),
        "may_sign": may_fill and own and row.state == CheckState.UNDER_WAY and not has_signed,
        "may_bring": may_fill and own and row.state not in (CheckState.CLOSED, CheckState.VOID),
        "digest": content_digest(row) if row.state == CheckState.UNDER_WAY else "",
        "may_decide": may_decide and not is_signer,
        "is_signer": may_decide and is_signer,
        "is_open": is_open,
        "may_publish": may_decide and not is_signer and is_open and row.published_on is None,
        "may_leave": may_decide
        and not is_signer
        and row.state == CheckState.FINDING_OPEN
        and not any(each.state != "void" for each in orders),
        "may_void": may_decide and row.state not in (CheckState.CLOSED, CheckState.VOID),
        "is_late": row.publish_by is not None and row.published_on is None and row.publish_by < today,
    }
    return render(request, "checks/check.html", context)


@page(Action.CHECKS_LOOK)
def check_record(request: HttpRequest, key: int) -> HttpResponse:
    """Send the record of a check as a Word file, to be signed on paper."""
    sight = seen(request, Action.CHECKS_LOOK)
    row = one_check(sight, key)
    if row is None:
        raise Http404
    record_export(request.user, f"check:{row.pk}.docx", rows=1, action=Action.CHECKS_LOOK)
    name = export_name(request, f"{_('现场检查记录')}_{row.subject}"[:80], "docx")
    return attachment(record_file(row, list(row.answers.all()), files_of(sight, row)), name=name)


@page(Action.CHECKS_LOOK)
def check_file_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a picture or a PDF of a check in the browser."""
    found = check_file(request.user, key)
    return _inside(found.content, name=found.row.original_name, media_type=found.row.media_type)


@page(Action.CHECKS_LOOK)
def order_proof_file(request: HttpRequest, key: int) -> HttpResponse:
    """Show the file of a proof."""
    proof = proof_in_sight(seen(request, Action.CHECKS_LOOK), key)
    if proof is None:
        raise NotThereError(f"order_proof:{key}")
    content = kept_content(proof.stored_name)
    return _inside(content, name=proof.original_name, media_type=proof.media_type)


def wanted_from(request: HttpRequest) -> CheckFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    query: Mapping[str, str] = request.GET
    state, result = query.get("state", ""), query.get("result", "")
    return CheckFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        state=state if state in STATES or state == LATE else "",
        result=result if result in RESULTS else "",
        draw=key_of(query, "draw"),
        of=request.user if query.get("own") == "1" else None,
    )


def item_names(row: Check) -> str:
    """Return the names of the items of a check."""
    return "；".join(str(each["name"]) for each in row.items)


def _inside(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    if media_type not in SHOWN_INSIDE:
        return attachment(content, name=name)
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response


def _day_of(row: Check) -> Value:
    return timezone.localdate(row.ended_at) if row.ended_at else None


def _columns() -> Sequence[Column]:
    day = ColumnForm.DAY
    return [
        Column(title=_("检查对象"), width=36),
        Column(title=_("区县"), width=14),
        Column(title=_("检查事项"), width=30),
        Column(title=_("期限"), width=12, form=day),
        Column(title=_("状态"), width=14),
        Column(title=_("检查日期"), width=12, form=day),
        Column(title=_("结果"), width=14),
        Column(title=_("公开期限"), width=12, form=day),
        Column(title=_("公开日期"), width=12, form=day),
    ]


def _cells(row: Check) -> list[Value]:
    return [
        row.subject,
        row.area.name,
        item_names(row),
        row.due_on,
        words.word(STATES, row.state),
        _day_of(row),
        words.word(RESULTS, row.result) if row.result else "",
        row.publish_by,
        row.published_on,
    ]
