"""One meter: what it is, where it stands, what happened to it, what it measured; and sources and permits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import (
    DatedFact,
    Meter,
    MeterEvent,
    MeterFact,
    Permit,
    PermitFact,
    SettledMonth,
    Site,
    SiteFact,
    SourceFact,
    WaterSource,
)
from shuiheng.adapters.records.queries_ledger import MONTHS, beliefs_of, meter_page
from shuiheng.services.ledger.keep_meter import change_meter, record_meter_event, withdraw_meter_event
from shuiheng.services.ledger.keep_source import (
    PermitFields,
    SiteFields,
    SourceFields,
    change_permit,
    change_site,
    change_source,
)
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import row_for, scope
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.ledger import questions
from shuiheng.web.pages.ledger.asks import Ask, said, typed
from shuiheng.web.pages.ledger.changes import (
    Answers,
    district_choices,
    meter_asks,
    source_asks,
    standing_user,
)
from shuiheng.web.pages.ledger.form_page import FormPage, asked, today_typed
from shuiheng.web.pages.ledger.listing import moment_from
from shuiheng.web.pages.ledger.meter_fields import meter_fields
from shuiheng.web.pages.meters.head import open_findings, sees_readings, tabs_of
from shuiheng.web.saying import tried

LITRES_OF_A_M3 = 1000
FACTS: dict[type[Model], type[DatedFact]] = {
    Meter: MeterFact,
    Site: SiteFact,
    WaterSource: SourceFact,
    Permit: PermitFact,
}


@page(Action.LEDGER_LOOK)
def ledger_meter(request: HttpRequest, key: int) -> HttpResponse:
    """Show one meter."""
    moment = moment_from(request.GET)
    found = meter_page(seen(request, Action.LEDGER_LOOK), key, moment.as_of)
    if found is None:
        raise Http404
    asks = questions.meter_asks()
    sees_use = sees_readings(request, key)
    may_edit = may(request.user, Action.LEDGER_EDIT) and (
        scope(request.user, Action.LEDGER_EDIT, Meter).filter(pk=key).exists()
    )
    context = {
        "found": found,
        "meter": found.meter,
        "fact": found.fact,
        "moment": moment,
        "facts": said(asks, found.fact) if found.fact else [],
        "history": [(fact, said(asks, fact)) for fact in found.history],
        "months": whole_months(found.months) if sees_use else [],
        "sees_use": sees_use,
        "may_edit": may_edit,
        "tabs": tabs_of(request, found.meter, "ledger_meter"),
        "open_findings": open_findings(request, found.meter) if sees_use else [],
    }
    return render(request, "ledger/meter.html", context)


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def edit_meter(request: HttpRequest, key: int) -> HttpResponse:
    """Say what holds of a meter from a day, and why."""
    meter = row_for(request.user, Action.LEDGER_EDIT, Meter, pk=key)
    asks = questions.meter_asks()
    if meter.user_id is not None:
        asks = meter_asks(standing_user(request, meter.user_id), but=key)

    def write(given: Answers, when: Answers) -> None:
        change_meter(request.user, key, meter_fields(given), **when)

    return _changed(request, meter, asks, write, title=_("修改计量点"))


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def edit_site(request: HttpRequest, key: int) -> HttpResponse:
    """Say what holds of a site from a day, and why."""
    site = row_for(request.user, Action.LEDGER_EDIT, Site, pk=key)

    def write(given: Answers, when: Answers) -> None:
        change_site(request.user, key, SiteFields(**given), **when)

    asks = questions.site_asks(district_choices(request))
    return _changed(request, site, asks, write, title=_("修改用水地点"))


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def edit_source(request: HttpRequest, key: int) -> HttpResponse:
    """Say what holds of a source from a day, and why."""
    source = row_for(request.user, Action.LEDGER_EDIT, WaterSource, pk=key)

    def write(given: Answers, when: Answers) -> None:
        change_source(request.user, key, SourceFields(**given), **when)

    asks = source_asks(request, standing_user(request, source.user_id))
    return _changed(request, source, asks, write, title=_("修改水源"))


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def edit_permit(request: HttpRequest, key: int) -> HttpResponse:
    """Say what a permit allows from a day, and why."""
    permit = row_for(request.user, Action.LEDGER_EDIT, Permit, pk=key)

    def write(given: Answers, when: Answers) -> None:
        change_permit(request.user, key, PermitFields(**given), **when)

    return _changed(request, permit, questions.permit_asks(), write, title=_("修改取水许可证"))


@page(Action.LEDGER_EDIT, methods=("GET", "POST"))
def add_meter_event(request: HttpRequest, key: int) -> HttpResponse:
    """Record what happened to a meter."""
    meter = row_for(request.user, Action.LEDGER_EDIT, Meter, pk=key)

    def work(given: Answers) -> str:
        registers = {
            "final_litres": _litres(given.pop("final_m3")),
            "start_litres": _litres(given.pop("start_m3")),
        }
        record_meter_event(request.user, key, MeterEvent(**given, **registers))
        return reverse("ledger_meter", args=[key])

    form = FormPage(
        title=_("登记计量事件"),
        done=_("事件已记录。"),
        asks=questions.event_asks(),
        initial={},
        back=reverse("ledger_meter", args=[key]),
        user=meter.user,
        further={"meter": meter},
    )
    return asked(request, form, work)


@page(Action.LEDGER_EDIT, methods=("POST",))
def withdraw_event(request: HttpRequest, key: int) -> HttpResponse:
    """Say that a recorded event did not happen; it stays in the log."""
    event = row_for(request.user, Action.LEDGER_EDIT, MeterEvent, pk=key)
    reason = words_of(request.POST, "reason", limit=300)
    tried(
        request,
        lambda: withdraw_meter_event(request.user, key, reason=reason),
        done=_("事件已撤回，记录保留。"),
    )
    return redirect("ledger_meter", key=event.meter_id)


def whole_months(settled: Sequence[SettledMonth]) -> list[tuple[date, SettledMonth | None]]:
    """Return every month from the newest settled to the first that tells something, None for one not settled.

    A first reading at midnight of the first day makes a month before it, of which nothing can be known.
    """
    if not settled:
        return []
    known = {row.month: row for row in settled}
    told = [row.month for row in settled if row.by_time_litres is not None or row.estimated_seconds]
    found, month, first = [], max(known), min(told or known)
    while month >= first:
        found.append((month, known.get(month)))
        month = (month - timedelta(days=1)).replace(day=1)
    return found[:MONTHS]


def _litres(register_m3: Decimal | None) -> int | None:
    return None if register_m3 is None else int(register_m3 * LITRES_OF_A_M3)


def _changed(
    request: HttpRequest,
    subject: Meter | Site | WaterSource | Permit,
    asks: list[Ask],
    write: Callable[[Answers, Answers], None],
    *,
    title: str,
) -> HttpResponse:
    """Show the form that changes something of a user, with everything that was ever said of it."""
    beliefs = beliefs_of(seen(request, Action.LEDGER_EDIT), FACTS[type(subject)], subject.pk)
    newest: Any = next((fact for fact in beliefs if fact.superseded_at is None), None)
    user = subject.source.user if isinstance(subject, Permit) else subject.user
    back = reverse("ledger_meter", args=[subject.pk])
    if not isinstance(subject, Meter) and user is not None:
        back = reverse("water_user", args=[user.pk])

    def work(given: Answers) -> str:
        write(given, {"valid_from": given.pop("valid_from"), "reason": given.pop("reason")})
        return back

    form = FormPage(
        title=title,
        done=_("修改已记录，原来的记载保留。"),
        asks=[*asks, *questions.change_asks()],
        initial=(typed(asks, newest) if newest else {}) | {"valid_from": today_typed()},
        back=back,
        user=user,
        further={"subject": subject, "history": [(fact, said(asks, fact)) for fact in beliefs]},
    )
    return asked(request, form, work)
