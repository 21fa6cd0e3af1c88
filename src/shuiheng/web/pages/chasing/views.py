"""Who has not reported: the first thing that the office sees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Channel, ReportingPeriod
from shuiheng.adapters.records.queries_chasing import open_periods, period_name
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.masking import reveal_contacts
from shuiheng.services.missing_units import missing_units
from shuiheng.services.permission import Action
from shuiheng.services.remind import remind
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import open_channels
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import say_error, say_reminded, tried


@page(Action.MESSAGES_SEND)
def chasing_board(request: HttpRequest) -> HttpResponse:
    """Show the units that lack reports for one period, with days late and the last message."""
    sight = seen(request, Action.MESSAGES_SEND)
    periods = open_periods(sight)
    asked = request.GET.get("period", "")
    chosen = next((period for period in periods if str(period.pk) == asked), periods[0] if periods else None)
    today = timezone.localdate()
    units = missing_units(sight, chosen) if chosen else []
    context = {
        "periods": [(each, period_name(each)) for each in periods],
        "period": chosen,
        "period_words": period_name(chosen) if chosen else "",
        "units": [(unit, unit.days_late(today)) for unit in units],
        "missing": sum(unit.count for unit in units),
        "channels": open_channels(),
        "today": today,
    }
    return render(request, "pages/chasing.html", context)


@page(Action.MESSAGES_SEND, methods=("POST",))
def remind_units(request: HttpRequest, key: int) -> HttpResponse:
    """Remind the chosen units."""
    period = row_for(request.user, Action.MESSAGES_SEND, ReportingPeriod, pk=key)
    units = [int(each) for each in request.POST.getlist("unit") if each.isdecimal() and len(each) < 12]
    channels = [each for each in Channel if each.value in request.POST.getlist("channel")]
    try:
        done = remind(request.user, period.pk, units, channels)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
    else:
        say_reminded(request, done)
    return redirect(f"{reverse('chasing')}?period={period.pk}")


@page(Action.MESSAGES_SEND, methods=("GET", "POST"))
def call_list(request: HttpRequest, key: int) -> HttpResponse:
    """Show the list for calling by hand, made for paper; numbers in full once it is said what for."""
    sight = seen(request, Action.MESSAGES_SEND)
    period = row_for(request.user, Action.MESSAGES_SEND, ReportingPeriod, pk=key)
    today = timezone.localdate()
    units = [(unit, unit.days_late(today)) for unit in missing_units(sight, period)]
    revealed: set[int] = set()
    if request.method == "POST":
        purpose = words_of(request.POST, "purpose", limit=200)

        def reveal() -> None:
            found = reveal_contacts(
                request.user, [unit.organisation.pk for unit, _late in units], purpose=purpose
            )
            revealed.update(each.pk for each in found)

        tried(request, reveal, done=_("已记录本次查看。"))
    context = {
        "period": period,
        "period_words": period_name(period),
        "units": units,
        "revealed": revealed,
    }
    return render(request, "pages/call_list.html", context)
