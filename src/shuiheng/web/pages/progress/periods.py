"""The periods for which units report: open, freeze, open again."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import PeriodKind, PlanDocument, ReportingPeriod
from shuiheng.adapters.records.queries_progress import periods
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.freeze_period import freeze_period, reopen_period
from shuiheng.services.open_period import first_day_of, open_period, proposed_due
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import row_for
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.progress.asked import day_from, say_refusal


@page(Action.PROGRESS_LOOK)
def period_list(request: HttpRequest) -> HttpResponse:
    """Show every period with what has come in for it; offer to open the next one."""
    context = {
        "periods": periods(seen(request, Action.PROGRESS_LOOK)),
        "today": timezone.localdate(),
        "may_open": may(request.user, Action.PERIODS_OPEN),
        "may_freeze": may(request.user, Action.PERIODS_FREEZE),
    }
    return render(request, "progress/periods.html", context)


@page(Action.PERIODS_OPEN, methods=("GET", "POST"))
def period_open(request: HttpRequest) -> HttpResponse:
    """Offer the first day and the due day of a period, and open it."""
    asked = request.POST if request.method == "POST" else request.GET
    plans = list(seen(request, Action.PERIODS_OPEN)(PlanDocument).order_by("-pk"))
    wanted = plain(asked.get("plan", ""))
    plan = next((each for each in plans if each.slug == wanted), plans[0] if plans else None)
    kind = asked.get("kind", "")
    kind = PeriodKind(kind if kind in PeriodKind.values else PeriodKind.HALF_YEAR)
    first = day_from(asked.get("first")) or first_day_of(kind, timezone.localdate())
    refused: ServiceError | None = None
    if request.method == "POST" and plan is not None:
        try:
            _open(request, plan, kind, first)
            return redirect("periods")
        except NotThereError:
            raise
        except ServiceError as error:
            refused = error
    begins = first if refused else first_day_of(kind, first)
    context = {
        "plans": plans,
        "plan": plan,
        "kind": kind.value,
        "kinds": PeriodKind.values,
        "first": begins,
        "proposed": proposed_due(plan, kind, first_day_of(kind, first)) if plan else None,
        "due_on": asked.get("due_on", "") if refused else "",
        "refused": refused,
    }
    return render(request, "progress/period_open.html", context, status=422 if refused else 200)


def _open(request: HttpRequest, plan: PlanDocument, kind: PeriodKind, first: date) -> None:
    due_on = day_from(request.POST.get("due_on"))
    open_period(request.user, plan.slug, kind=kind, first=first, due_on=due_on)
    messages.success(request, _("报送期已开设，各单位可以开始填报。"))


@page(Action.PERIODS_FREEZE, methods=("POST",))
def period_freeze(request: HttpRequest, period: int) -> HttpResponse:
    """Freeze a period with all that was accepted in it."""
    try:
        freeze_period(request.user, period)
        messages.success(request, _("报送期已封存，已认定的进展不再变动。"))
    except ServiceError as error:
        say_refusal(request, error)
    return redirect("periods")


@page(Action.PERIODS_FREEZE, methods=("POST",))
def period_reopen(request: HttpRequest, period: int) -> HttpResponse:
    """Open a frozen period again for those who come late."""
    row_for(request.user, Action.PERIODS_FREEZE, ReportingPeriod, pk=period)
    try:
        reopen_period(request.user, period, reason=plain(request.POST.get("reason", "")))
        messages.success(request, _("报送期已重新开放，可以补报。"))
    except ServiceError as error:
        say_refusal(request, error)
    return redirect("periods")
