"""Who has filed a month and who has not; what one user filed, which is its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.records.models import Channel, MeterFact, MeterFiling, WaterUser
from shuiheng.adapters.records.queries_filing import (
    LIMIT,
    FilingFilter,
    UserFiling,
    filings_of,
    former_filings,
    meters_to_file,
    reminded_at,
    user_filings,
    user_in_sight,
)
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.metering.civil_time import months_before
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.readings.filed_register import reports_itself
from shuiheng.services.readings.filing_checks import FilingDoubt
from shuiheng.services.readings.filing_months import FilingMonth, filing_month, open_months
from shuiheng.services.readings.remind_filing import KIND, remind_filers
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import scope
from shuiheng.services.write_message import open_channels
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import key_of, keys_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.filing.form import SaidDoubt, first_day_of, said_doubt
from shuiheng.web.saying import say_error, say_reminded
from shuiheng.web.sending import attachment
from shuiheng.web.words import Words

PAGE_SIZE, MONTHS_BACK = 50, 12
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
STATES: Words = {"missing": gettext_lazy("未报齐"), "whole": gettext_lazy("已报齐")}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledLine:
    """One meter of a month: what the ledger says of it, what was filed, its doubts in words."""

    fact: MeterFact | None
    filing: MeterFiling | None
    is_compared: bool = False
    doubts: Sequence[SaidDoubt] = ()

    @property
    def difference_litres(self) -> int | None:
        """By how much the filed register is above that of the meter's own readings."""
        if self.filing is None or self.filing.compared_litres is None:
            return None
        return self.filing.register_litres - self.filing.compared_litres


@page(Action.READINGS_LOOK)
def filings(request: HttpRequest) -> HttpResponse:
    """Show for a month how far each water user is."""
    sight = seen(request, Action.READINGS_LOOK)
    month, wanted = _month_asked(request), _wanted(request)
    found = user_filings(sight, month.month, _day_of_meters(month), wanted)
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    is_open = today < month.closes_on and any(each.month == month.month for each in open_months(today))
    may_remind = is_open and may(request.user, Action.MESSAGES_SEND)
    told: dict[int, datetime] = {}
    if may_remind:
        told = reminded_at(
            seen(request, Action.MESSAGES_SEND), [each.unit for each in shown.object_list], KIND
        )
    context = {
        "page": shown,
        "rows": [(each, told.get(each.unit)) for each in shown.object_list],
        "month": month,
        "months": _listed_months(today),
        "wanted": wanted,
        "states": STATES.items(),
        "districts": districts_of(sight),
        "missing": sum(not each.is_whole for each in found),
        "is_late": month.is_late(today),
        "may_remind": may_remind and any(not each.is_whole for each in shown.object_list),
        "channels": open_channels(),
    }
    return render(request, "filing/list.html", context)


@page(Action.LEDGER_EXPORT)
def filings_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the list of a month as the filter leaves it."""
    if ending not in WRITERS:
        raise Http404
    sight = seen(request, Action.LEDGER_EXPORT)
    month, wanted = _month_asked(request), _wanted(request)
    found = user_filings(sight, month.month, _day_of_meters(month), wanted)
    record_export(request.user, "filings", rows=len(found), action=Action.LEDGER_EXPORT)
    name = export_name(request, _("用水填报情况"), ending, period=f"{month.month:%Y-%m}")
    names = {place.pk: place.name for place in districts_of(sight)}
    said = said_filter(
        (
            (_("月份"), f"{month.month:%Y-%m}"),
            (_("文字"), wanted.words),
            (_("区县"), names.get(wanted.district or 0, "")),
            (_("状态"), str(STATES[wanted.state]) if wanted.state else ""),
        )
    )
    notes = export_notes(request, wanted=said, order=_("户号"), count=len(found))
    return attachment(WRITERS[ending](_sheet(found, notes)), name=name)


@page(Action.MESSAGES_SEND, methods=("POST",))
def remind_filings(request: HttpRequest) -> HttpResponse:
    """Remind the chosen users that have not filed everything."""
    month = first_day_of(request.POST.get("month", ""))
    channels = [each for each in Channel if each.value in request.POST.getlist("channel")]
    try:
        if month is None:
            raise ServiceError("services.nothing_chosen")
        done = remind_filers(request.user, month, keys_of(request.POST, "unit"), channels)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
    else:
        say_reminded(request, done)
    asked = f"?month={month:%Y-%m}&state=missing" if month else ""
    return redirect(f"{reverse('filings')}{asked}")


@page(Action.READINGS_LOOK)
def filed_month(request: HttpRequest, key: int, month: str) -> HttpResponse:
    """Show what one user filed for a month: the receipt for the user, the evidence for the office."""
    sight = seen(request, Action.READINGS_LOOK)
    user, first = user_in_sight(sight, key), first_day_of(month)
    if user is None or first is None:
        raise Http404
    days = filing_month(first)
    rows = filings_of(sight, user, first)
    may_file = may(request.user, Action.READINGS_FILE) and (
        scope(request.user, Action.READINGS_FILE, WaterUser).filter(pk=user.pk).exists()
    )
    is_open = any(each.month == first for each in open_months(timezone.localdate()))
    context = {
        "water_user": user,
        "month": days,
        "lines": _lines(meters_to_file(sight, user, _day_of_meters(days)), rows),
        "newest": max(rows, key=lambda row: (row.filed_at, row.pk), default=None),
        "former": former_filings(sight, user, first),
        "may_change": may_file and is_open,
        "may_look": may(request.user, Action.LEDGER_LOOK),
    }
    return render(request, "filing/month.html", context)


def _lines(facts: Sequence[MeterFact], rows: Sequence[MeterFiling]) -> list[FiledLine]:
    filed = {row.meter_id: row for row in rows}
    lines = [
        FiledLine(
            fact=fact,
            filing=filed.get(fact.subject_id),
            is_compared=reports_itself(fact),
            doubts=_doubts(filed.get(fact.subject_id)),
        )
        for fact in facts
    ]
    known = {fact.subject_id for fact in facts}
    gone = [row for row in rows if row.meter_id not in known]
    return lines + [FiledLine(fact=None, filing=row, doubts=_doubts(row)) for row in gone]


def _doubts(filing: MeterFiling | None) -> list[SaidDoubt]:
    if filing is None:
        return []
    return [said_doubt(FilingDoubt(code=each["code"], values=each["values"])) for each in filing.doubts]


def _month_asked(request: HttpRequest) -> FilingMonth:
    asked = first_day_of(request.GET.get("month", ""))
    known = _listed_months(timezone.localdate())
    return filing_month(asked) if asked is not None and asked in known else filing_month(known[0])


def _listed_months(today: date) -> list[date]:
    newest = open_months(today)[0].month
    return [months_before(newest, back) for back in range(MONTHS_BACK + 1)]


def _day_of_meters(month: FilingMonth) -> date:
    return min(month.last_day, timezone.localdate())


def _wanted(request: HttpRequest) -> FilingFilter:
    state = request.GET.get("state", "")
    return FilingFilter(
        words=plain(request.GET.get("q", ""))[:LIMIT],
        district=key_of(request.GET, "district"),
        state=state if state in STATES else "",
    )


def _sheet(found: Sequence[UserFiling], notes: Sequence[str]) -> Sheet:
    number = ColumnForm.NUMBER
    columns = [
        Column(title=_("户号"), form=ColumnForm.CODE, width=12),
        Column(title=_("名称"), width=34),
        Column(title=_("应报表数"), form=number),
        Column(title=_("已报表数"), form=number),
        Column(title=_("抄表单位已抄表数"), form=number),
        Column(title=_("状态")),
        Column(title=_("最近填报"), width=18),
        Column(title=_("有说明的读数"), form=number),
    ]
    rows = [
        [
            each.number,
            each.name,
            each.due,
            each.filed,
            each.read,
            str(STATES["whole" if each.is_whole else "missing"]),
            timezone.localtime(each.last_at).strftime("%Y-%m-%d %H:%M") if each.last_at else "",
            each.doubtful,
        ]
        for each in found
    ]
    return Sheet(title=_("用水填报情况"), columns=columns, rows=rows, notes=notes)
