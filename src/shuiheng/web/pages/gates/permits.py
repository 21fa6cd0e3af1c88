"""Permits with their terms: the list, its export, one permit, what came in for it."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Permit, PermitRecord
from shuiheng.adapters.records.queries_gates import LIMIT, PermitFilter, permit_facts, projects_of_permit
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.adapters.rulebook.gate_policy import gate_policy
from shuiheng.services.gates.permit_book import (
    KINDS,
    PermitNote,
    PermitState,
    note_permit,
    permit_states,
    withdraw_note,
)
from shuiheng.services.gates.renewals import begin_renewal
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for, scope
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.fields import FieldError, key_of, wanted_day, words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.gates.terms import shown_terms
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment
from shuiheng.web.words import word
from shuiheng.web.words_gates import NOTE_KINDS, PERMIT_STATES
from shuiheng.web.words_ledger import WATER_KINDS

AT_ONCE, EXPORTED_AT_ONCE, YEAR_DIGITS = 50, 1000, 4
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
ENDS = ("near", "expired", "unknown")


@page(Action.GATES_LOOK)
def permit_list(request: HttpRequest) -> HttpResponse:
    """Show the permits as of today, those that end first at the top."""
    sight, today = seen(request, Action.GATES_LOOK), timezone.localdate()
    wanted, ends = wanted_permits(request, today)
    shown = Paginator(permit_facts(sight, wanted, today), AT_ONCE).get_page(request.GET.get("page"))
    states = permit_states(sight, list(shown), today)
    tally = {
        name: permit_facts(sight, ends_filter(PermitFilter(), name, today), today).count() for name in ENDS
    }
    context = {
        "page": shown,
        "rows": [(state, shown_terms(state.standing)) for state in states],
        "wanted": wanted,
        "ends": ends,
        "tally": tally,
        "waters": WATER_KINDS.items(),
        "districts": districts_of(sight),
        "today": today,
        "lead": gate_policy().remind_days_before_end,
    }
    return render(request, "gates/permits.html", context)


@page(Action.GATES_LOOK)
def permits_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the permits that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    sight, today = seen(request, Action.GATES_LOOK), timezone.localdate()
    wanted, ends = wanted_permits(request, today)
    facts = list(permit_facts(sight, wanted, today))
    cells: list[list[Value]] = []
    for first in range(0, len(facts), EXPORTED_AT_ONCE):
        states = permit_states(sight, facts[first : first + EXPORTED_AT_ONCE], today)
        cells += [_cells(state) for state in states]
    said = said_filter([(_("文字"), wanted.words), (_("到期情况"), word(PERMIT_STATES, ends))])
    notes = export_notes(request, wanted=said, order=_("到期日期"), count=len(cells))
    sheet = Sheet(title=_("取水许可证"), columns=_columns(), rows=cells, notes=notes)
    record_export(request.user, "permits", rows=len(cells), action=Action.GATES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{today:%Y%m%d}.{ending}")


@page(Action.GATES_LOOK)
def permit_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a permit: its term, what the rules say of it, what came in, its renewals."""
    sight, today = seen(request, Action.GATES_LOOK), timezone.localdate()
    permit = sight(Permit).select_related("source__user__organisation").filter(pk=key).first()
    if permit is None:
        raise Http404
    fact = permit_facts(sight, PermitFilter(), today).filter(subject=permit).first()
    state = permit_states(sight, [fact], today)[0] if fact is not None else None
    context = {
        "permit": permit,
        "state": state,
        "terms": shown_terms(state.standing) if state is not None else [],
        "renewals": projects_of_permit(sight, permit),
        "kinds": [(code, word(NOTE_KINDS, code)) for code in KINDS],
        "today": today,
        "may_keep": scope(request.user, Action.GATES_KEEP, Permit).filter(pk=key).exists(),
    }
    return render(request, "gates/permit.html", context)


@page(Action.GATES_KEEP, methods=("POST",))
def add_note(request: HttpRequest, key: int) -> HttpResponse:
    """Write down what came in for a permit."""
    row_for(request.user, Action.GATES_KEEP, Permit, pk=key)
    year = words_of(request.POST, "year", limit=YEAR_DIGITS)
    try:
        note = PermitNote(
            kind=words_of(request.POST, "kind", limit=20),
            on=wanted_day(request.POST, "day"),
            note=words_of(request.POST, "note", limit=300),
            year=int(year) if year.isascii() and year.isdecimal() else None,
        )
    except FieldError as error:
        say_error(request, error)
    else:
        tried(request, lambda: note_permit(request.user, key, note), done=_("已登记。"))
    return redirect("permit", key=key)


@page(Action.GATES_KEEP, methods=("POST",))
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw what was written down of a permit by mistake."""
    row = row_for(request.user, Action.GATES_KEEP, PermitRecord, pk=key)
    reason = words_of(request.POST, "reason", limit=300)
    if row.superseded_at is None:
        tried(request, lambda: withdraw_note(request.user, key, reason=reason), done=_("登记已撤回。"))
    return redirect("permit", key=row.permit_id)


@page(Action.GATES_KEEP, methods=("POST",))
def open_renewal(request: HttpRequest, key: int) -> HttpResponse:
    """Open the checklist of a renewal, or go to the one that is open."""
    return redirect("project", key=begin_renewal(request.user, key).pk)


def wanted_permits(request: HttpRequest, today: date) -> tuple[PermitFilter, str]:
    """Return the filter that a query asks for, and which ends it asks for; unknown values are dropped."""
    query = request.GET
    water, ends = query.get("water", ""), query.get("ends", "")
    ends = ends if ends in ENDS else ""
    wanted = PermitFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        area=key_of(query, "area"),
        water=water if water in WATER_KINDS else "",
    )
    return ends_filter(wanted, ends, today), ends


def ends_filter(wanted: PermitFilter, ends: str, today: date) -> PermitFilter:
    """Return a filter of permits that end soon, have ended, or whose end is not known."""
    days = {
        "near": {"ends_from": today, "ends_to": today + timedelta(gate_policy().remind_days_before_end)},
        "expired": {"ends_to": today - timedelta(1)},
    }.get(ends, {})
    return PermitFilter(
        words=wanted.words, area=wanted.area, water=wanted.water, has_no_end=ends == "unknown", **days
    )


def _cells(state: PermitState) -> list[Value]:
    fact, user = state.line.fact, state.line.user
    return [
        fact.subject.number,
        user.name if user is not None else fact.subject.source.user.organisation.name,
        user.district.name if user is not None and user.district is not None else "",
        word(WATER_KINDS, state.line.source.water_kind) if state.line.source is not None else "",
        None if fact.volume_m3 is None else float(fact.volume_m3),
        state.line.begins_on,
        fact.expires_on,
        state.standing.days_left,
        word(PERMIT_STATES, state.standing.status.value),
        state.standing.renewal_due_on,
        "；".join(each.sentence.says for each in shown_terms(state.standing)),
    ]


def _columns() -> list[Column]:
    day, number = ColumnForm.DAY, ColumnForm.NUMBER
    return [
        Column(title=_("许可证号"), width=20, form=ColumnForm.CODE),
        Column(title=_("取水户"), width=30),
        Column(title=_("所在区县"), width=14),
        Column(title=_("水源"), width=12),
        Column(title=_("许可年取水量（m³）"), width=18, form=number),
        Column(title=_("有效期起"), width=12, form=day),
        Column(title=_("有效期至"), width=12, form=day),
        Column(title=_("剩余天数"), width=10, form=number),
        Column(title=_("状态"), width=16),
        Column(title=_("延续申请截止"), width=14, form=day),
        Column(title=_("规定提示"), width=60),
    ]
