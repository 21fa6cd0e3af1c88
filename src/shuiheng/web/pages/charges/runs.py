"""Runs of charges: the list, one run with its totals and charges, and every step from draft to notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.models import Charge, ChargeRun
from shuiheng.adapters.records.queries_charges import (
    OUTCOMES,
    entries_waiting,
    filtered_charges,
    own_charges,
    run_totals,
    runs_in_sight,
)
from shuiheng.adapters.records.queries_jobs import jobs
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.adapters.records.sight import Grain, Sight
from shuiheng.services.charges.charge_jobs import ask_compute, ask_notices
from shuiheng.services.charges.issue_run import issuable, issue_run, return_run, review_run
from shuiheng.services.charges.kinds import ISSUED_KINDS, RunKind
from shuiheng.services.charges.make_run import make_run, withdraw_run
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for
from shuiheng.web.fields import FieldError, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.charges.shown import (
    city_of,
    delivery_of,
    period_of,
    run_sheet,
    run_title,
    today,
    wanted_from,
)
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment
from shuiheng.web.words_charges import KINDS

PAGE_SIZE, NEWEST_JOBS = 50, 40
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.CHARGES_LOOK)
def charges(request: HttpRequest) -> HttpResponse:
    """Show the runs of the city to its office, and to a payer what it owes and owed."""
    sight = seen(request, Action.CHARGES_LOOK)
    if sight.grain is Grain.METER:
        shown = Paginator(own_charges(sight), PAGE_SIZE).get_page(request.GET.get("page"))
        return render(request, "charges/own.html", {"page": shown, "rows": shown.object_list})
    shown = Paginator(runs_in_sight(sight), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "lines": [{"run": run, "period": period_of(run), "title": run_title(run)} for run in shown],
        "waiting": entries_waiting(sight).count(),
        "kinds": KINDS.items(),
        "city": city_of(request, Action.CHARGES_KEEP) if may(request.user, Action.CHARGES_KEEP) else None,
        "last_month": _month_before(today()),
        "here": "charges",
    }
    return render(request, "charges/runs.html", context)


@page(Action.CHARGES_KEEP, methods=("POST",))
def new_charge_run(request: HttpRequest) -> HttpResponse:
    """Begin a run and queue its computing."""
    city = city_of(request, Action.CHARGES_KEEP)
    if city is None:
        raise Http404
    try:
        last = _month(request)
        kind = request.POST.get("kind", "")
        if kind not in list(RunKind):
            raise ServiceError("services.nothing_chosen")
        title = words_of(request.POST, "title", limit=200)
        run = make_run(request.user, city.pk, RunKind(kind), last=last, title=title)
        ask_compute(request.user, run.pk)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("charges")
    return redirect("charge_run", run.pk)


@page(Action.CHARGES_LOOK)
def charge_run(request: HttpRequest, key: int) -> HttpResponse:
    """Show one run: state, rules, totals, findings, and its charges with filters."""
    sight = seen(request, Action.CHARGES_LOOK)
    run = runs_in_sight(sight).filter(pk=key).first()
    if run is None:
        raise Http404
    wanted = wanted_from(request.GET)
    shown = Paginator(filtered_charges(sight, run, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    totals = run_totals(sight, run)
    context = {
        "run": run,
        "title": run_title(run),
        "period": period_of(run),
        "page": shown,
        "lines": _lines(sight, shown.object_list),
        "totals": totals,
        "issuable": issuable(run).count(),
        "tally": [(code, getattr(totals, code)) for code in OUTCOMES],
        "wanted": wanted,
        "outcomes": OUTCOMES,
        "districts": districts_of(sight),
        "unchecked": [each for each in run.rules if not each["is_binding"]],
        "jobs": _jobs(request, run),
        "is_issued_here": RunKind(run.kind) in ISSUED_KINDS if run.kind in list(RunKind) else False,
        "is_maker": run.made_by_id == request.user.pk,
        "here": "charges",
    }
    return render(request, "charges/run.html", context)


@page(Action.CHARGES_LOOK)
def charge_run_export(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the charges of a run that the filter leaves."""
    sight = seen(request, Action.CHARGES_LOOK)
    run = runs_in_sight(sight).filter(pk=key).first()
    if ending not in WRITERS or run is None:
        raise Http404
    sheet = run_sheet(request, sight, run, wanted_from(request.GET))
    record_export(request.user, f"charge_run:{key}", rows=len(sheet.rows), action=Action.CHARGES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{today():%Y%m%d}.{ending}")


@page(Action.CHARGES_KEEP, methods=("POST",))
def compute_charge_run(request: HttpRequest, key: int) -> HttpResponse:
    """Compute a draft again."""
    tried(request, lambda: ask_compute(request.user, key), done=_("已开始计算。"))
    return redirect("charge_run", key)


@page(Action.CHARGES_KEEP, methods=("POST",))
def withdraw_charge_run(request: HttpRequest, key: int) -> HttpResponse:
    """Take a run back that was not issued."""
    row_for(request.user, Action.CHARGES_KEEP, ChargeRun, pk=key)
    reason = words_of(request.POST, "reason", limit=300)
    tried(request, lambda: withdraw_run(request.user, key, reason=reason), done=_("批次已撤回。"))
    return redirect("charge_run", key)


@page(Action.CHARGES_REVIEW, methods=("POST",))
def review_charge_run(request: HttpRequest, key: int) -> HttpResponse:
    """Say that a run was reviewed."""
    tried(request, lambda: review_run(request.user, key), done=_("批次已复核。"))
    return redirect("charge_run", key)


@page(Action.CHARGES_REVIEW, methods=("POST",))
def return_charge_run(request: HttpRequest, key: int) -> HttpResponse:
    """Give a reviewed run back as a draft."""
    row_for(request.user, Action.CHARGES_REVIEW, ChargeRun, pk=key)
    reason = words_of(request.POST, "reason", limit=300)
    tried(request, lambda: return_run(request.user, key, reason=reason), done=_("批次已退回。"))
    return redirect("charge_run", key)


@page(Action.CHARGES_ISSUE, methods=("POST",))
def issue_charge_run(request: HttpRequest, key: int) -> HttpResponse:
    """Issue a reviewed run."""
    row_for(request.user, Action.CHARGES_ISSUE, ChargeRun, pk=key)

    def work() -> None:
        due_on = wanted_day(request.POST, "due_on")
        issue_run(request.user, key, mark=words_of(request.POST, "mark", limit=40), due_on=due_on)

    tried(request, work, done=_("费用已发出，可以生成通知书。"))
    return redirect("charge_run", key)


@page(Action.CHARGES_ISSUE, methods=("POST",))
def charge_notices(request: HttpRequest, key: int) -> HttpResponse:
    """Queue the writing of the notices of a run."""
    tried(request, lambda: ask_notices(request.user, key), done=_("已开始生成通知书。"))
    return redirect("charge_run", key)


def _lines(sight: Sight, rows: Iterable[Charge]) -> list[dict[str, object]]:
    """Return the charges of a page with how far their notices have come."""
    shown = list(rows)
    deliveries = delivery_of(sight, shown)
    return [{"row": row, "delivery": deliveries.get(row.pk)} for row in shown]


def _jobs(request: HttpRequest, run: ChargeRun) -> list[object]:
    """Return the jobs of a run that the reader may see, the newest of each work."""
    if not may(request.user, Action.JOBS_LOOK):
        return []
    newest: dict[str, object] = {}
    for job in jobs(seen(request, Action.JOBS_LOOK)).filter(kind="charges")[:NEWEST_JOBS]:
        if job.arguments.get("run") == run.pk:
            newest.setdefault(job.arguments["work"], job)
    return list(newest.values())


def _month(request: HttpRequest) -> date:
    text = words_of(request.POST, "month", limit=10)
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise FieldError("month", text) from error


def _month_before(day: date) -> date:
    return date(day.year - 1, 12, 1) if day.month == 1 else date(day.year, day.month - 1, 1)
