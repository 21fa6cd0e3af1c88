"""What waits for a second person, and what is overdue."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.models import ChargeEntry
from shuiheng.adapters.records.queries_charges import entries_waiting
from shuiheng.services.charges.arrears import arrears, owed_of
from shuiheng.services.charges.keep_entries import reject, release
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.charges.shown import arrears_sheet, today
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.CHARGES_LOOK)
def charge_releases(request: HttpRequest) -> HttpResponse:
    """Show what was asked for and waits for another person."""
    rows = entries_waiting(seen(request, Action.CHARGES_LOOK))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": shown.object_list, "here": "charge_releases"}
    return render(request, "charges/releases.html", context)


@page(Action.CHARGES_RELEASE, methods=("POST",))
def decide_charge_entry(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Release or refuse what waits."""
    entry = row_for(request.user, Action.CHARGES_RELEASE, ChargeEntry, pk=key)
    note = words_of(request.POST, "note", limit=300)
    if verb == "release":
        tried(request, lambda: release(request.user, key, note=note), done=_("已放行。"))
    elif verb == "reject":
        tried(request, lambda: reject(request.user, key, note=note), done=_("已驳回。"))
    else:
        raise Http404
    return redirect("charge", entry.charge_id)


@page(Action.CHARGES_LOOK)
def charge_arrears(request: HttpRequest) -> HttpResponse:
    """Show the collection rate, the ages of what is overdue, and who owes it."""
    sight = seen(request, Action.CHARGES_LOOK)
    stands = arrears(sight, today())
    shown = Paginator(stands.overdue, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "stands": stands,
        "page": shown,
        "lines": [
            {"row": row, "owed": owed_of(row), "days": (today() - row.due_on).days if row.due_on else None}
            for row in shown
        ],
        "here": "charge_arrears",
    }
    return render(request, "charges/arrears.html", context)


@page(Action.CHARGES_LOOK)
def charge_arrears_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the list of what is overdue."""
    if ending not in WRITERS:
        raise Http404
    rows = list(arrears(seen(request, Action.CHARGES_LOOK), today()).overdue)
    sheet = arrears_sheet(request, rows, today())
    record_export(request.user, "charge_arrears", rows=len(rows), action=Action.CHARGES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{today():%Y%m%d}.{ending}")
