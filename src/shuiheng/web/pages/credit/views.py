"""The list of credit records, those of one unit, one record, and the list as a file; a unit sees its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import CreditRecord
from shuiheng.adapters.records.queries_credit import (
    LIMIT,
    STATES,
    CreditFilter,
    credit_counts,
    credit_in_sight,
    credit_list,
    one_credit,
    requests_of,
    unit_in_sight,
    units_found,
)
from shuiheng.adapters.records.sight import Grain
from shuiheng.services.credit.credit_terms import DisplayTerm, display_term
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.sending import attachment
from shuiheng.web.templatetags.credit_words import state_now
from shuiheng.web.words_credit import GRADES, KINDS
from shuiheng.web.words_credit import STATES as STATE_WORDS

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.CREDIT_LOOK)
def credit_records(request: HttpRequest) -> HttpResponse:
    """Show the records that a filter leaves; a unit sees its own."""
    sight, wanted, today = seen(request, Action.CREDIT_LOOK), wanted_from(request.GET), timezone.localdate()
    shown = Paginator(credit_list(sight, wanted, today), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": shown.object_list, "wanted": wanted}
    if sight.grain is Grain.METER:
        return render(request, "credit/own.html", context)
    unit = plain(request.GET.get("unit", ""))
    context |= {
        "counts": credit_counts(sight, today),
        "kinds": KINDS.items(),
        "states": STATE_WORDS.items(),
        "is_filtered": wanted != CreditFilter(),
        "unit_words": unit,
        "units": units_found(sight, unit) if may(request.user, Action.CREDIT_KEEP) else [],
    }
    return render(request, "credit/list.html", context)


@page(Action.CREDIT_LOOK)
def credit_of_unit(request: HttpRequest, key: int) -> HttpResponse:
    """Show all records of one unit, those that speak for it and those against it."""
    sight = seen(request, Action.CREDIT_LOOK)
    unit = unit_in_sight(sight, key)
    if unit is None:
        raise Http404
    rows = list(credit_in_sight(sight).filter(organisation=unit))
    context = {
        "unit": unit,
        "good": [row for row in rows if row.kind == "good"],
        "bad": [row for row in rows if row.kind == "bad"],
    }
    return render(request, "credit/unit.html", context)


@page(Action.CREDIT_LOOK)
def credit_record(request: HttpRequest, key: int) -> HttpResponse:
    """Show one record: what it says, on which basis, until when it is shown, and what was asked about it."""
    sight, today = seen(request, Action.CREDIT_LOOK), timezone.localdate()
    row = one_credit(sight, key)
    if row is None:
        raise Http404
    now, asked = state_now(row), requests_of(sight, row)
    waiting = {each.kind for each in asked if each.state == "asked"}
    can_repair = row.kind == "bad" and now == "shown" and row.repair_from is not None
    may_release, may_ask = (may(request.user, each) for each in (Action.CREDIT_RELEASE, Action.CREDIT_ASK))
    may_keep = may(request.user, Action.CREDIT_KEEP)
    is_early = row.state in ("proposed", "notified")
    context = {
        "row": row,
        "now": now,
        "requests": asked,
        "term": _term(row, today) if row.state == "notified" and may_release else None,
        "may_notify": row.state == "proposed" and may_keep,
        "may_release": row.state == "notified" and may_release and row.made_by_id != request.user.pk,
        "is_own": may_release and row.made_by_id == request.user.pk,
        "notice_runs": row.answer_by is not None and today <= row.answer_by,
        "may_withdraw": (is_early and may_keep) or ((is_early or row.state == "shown") and may_release),
        "may_object": may_ask and now in ("notified", "shown") and "objection" not in waiting,
        "may_repair": may_ask and can_repair and "repair" not in waiting,
        "is_too_early": row.repair_from is not None and today < row.repair_from,
    }
    return render(request, "credit/record.html", context)


@page(Action.CREDIT_LOOK)
def credit_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the records that the filter leaves, for the platform of public credit records."""
    if ending not in WRITERS:
        raise Http404
    wanted = wanted_from(request.GET)
    found = list(credit_list(seen(request, Action.CREDIT_LOOK), wanted, timezone.localdate()))
    said = said_filter(
        [
            (_("文字"), wanted.words),
            (_("性质"), words.word(KINDS, wanted.kind) if wanted.kind else ""),
            (_("状态"), words.word(STATE_WORDS, wanted.state) if wanted.state else ""),
        ]
    )
    notes = export_notes(request, wanted=said, order=_("记录时间，从新到旧"), count=len(found))
    sheet = Sheet(title=_("信用信息"), columns=_columns(), rows=[_cells(row) for row in found], notes=notes)
    record_export(request.user, "credit", rows=len(found), action=Action.CREDIT_LOOK)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


def wanted_from(query: Mapping[str, str]) -> CreditFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    kind, state = query.get("kind", ""), query.get("state", "")
    return CreditFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        kind=kind if kind in KINDS else "",
        state=state if state in STATES else "",
        has_asked=query.get("asked") == "1",
    )


def _term(row: CreditRecord, today: date) -> DisplayTerm | None:
    """Return for how long a record would be shown; None where no rule says."""
    try:
        return display_term(row.place, row.grade, today)
    except ServiceError:
        return None


def _columns() -> Sequence[Column]:
    code, day = ColumnForm.CODE, ColumnForm.DAY
    return [
        Column(title=_("单位"), width=34),
        Column(title=_("统一社会信用代码"), width=22, form=code),
        Column(title=_("性质"), width=10),
        Column(title=_("失信程度"), width=10),
        Column(title=_("办理事项"), width=30),
        Column(title=_("事实"), width=44),
        Column(title=_("发生或获得日期"), width=12, form=day),
        Column(title=_("依据"), width=36),
        Column(title=_("决定文号"), width=20, form=code),
        Column(title=_("决定生效日期"), width=12, form=day),
        Column(title=_("状态"), width=12),
        Column(title=_("公示起"), width=12, form=day),
        Column(title=_("公示止（不含）"), width=12, form=day),
    ]


def _cells(row: CreditRecord) -> list[Value]:
    return [
        row.organisation.name,
        row.organisation.credit_code,
        words.word(KINDS, row.kind),
        words.word(GRADES, row.grade) if row.grade else "",
        row.item,
        row.fact,
        row.happened_on,
        f"{row.source} {row.clause}",
        row.number,
        row.final_on,
        words.word(STATE_WORDS, state_now(row)),
        row.shown_from,
        row.shown_until,
    ]
