"""Pages of the lists of members: the rules of a year, one list, drawing, adopting, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.models import MemberList, Place
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.adapters.records.queries_members import (
    CHANGES,
    STANDINGS,
    adopted_with_rows,
    change_counts,
    list_in_sight,
    member_rows,
    standing_counts,
    years_of_lists,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.ledger.member_lists import (
    FIRST_YEAR,
    LAST_YEAR,
    adopt_list,
    draw_lists,
    withdraw_list,
)
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import city_above, own_places, scope
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.members.listing import YearPage, member_sheet, wanted_from, year_page
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.LEDGER_LOOK)
def member_lists(request: HttpRequest) -> HttpResponse:
    """Show the rules of a year with their lists; to others, the adopted lists on which their users stand."""
    sight = seen(request, Action.LEDGER_LOOK)
    year = _year(request)
    city = _whole_city(request, Action.LEDGER_LOOK)
    if city is None:
        return render(request, "members/own.html", {"lists": adopted_with_rows(sight)})
    this_year = timezone.localdate().year
    years = {*years_of_lists(sight, city), this_year - 1, this_year, this_year + 1, year}
    shown: YearPage = year_page(sight, city, year)
    context = {
        "city": city,
        "year": year,
        "years": sorted(years, reverse=True),
        "lines": shown.lines,
        "over": shown.over,
        "may_draw": _may_change(request, city),
    }
    return render(request, "members/year.html", context)


@page(Action.LEDGER_EDIT, methods=("POST",))
def draw_member_lists(request: HttpRequest) -> HttpResponse:
    """Draw the list of one rule or of all for a year."""
    city = _whole_city(request, Action.LEDGER_EDIT)
    if city is None:
        raise Http404
    year, rule = _year(request), words_of(request.POST, "rule", limit=120)
    try:
        drawn = draw_lists(request.user, city.pk, year=year, rule=rule)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("member_lists")
    if rule and drawn:
        return redirect("member_list", drawn[0].pk)
    done = ngettext("已按现有数据核对 %(n)d 份名录。", "已按现有数据核对 %(n)d 份名录。", len(drawn))
    messages.success(request, done % {"n": len(drawn)})
    return redirect(f"{reverse('member_lists')}?year={year}")


@page(Action.LEDGER_LOOK)
def member_list(request: HttpRequest, key: int) -> HttpResponse:
    """Show one list: its rule and clause, who is on it by what amount, who entered and who left."""
    sight = seen(request, Action.LEDGER_LOOK)
    listed = list_in_sight(sight, key)
    if listed is None:
        raise Http404
    wanted = wanted_from(request.GET)
    shown = Paginator(member_rows(sight, listed, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    is_whole = scope(request.user, Action.LEDGER_LOOK, MemberList).filter(pk=key).exists()
    context = {
        "listed": listed,
        "terms": listed.terms,
        "state": _state(listed),
        "rows": shown.object_list,
        "page": shown,
        "wanted": wanted,
        "districts": districts_of(sight),
        "standings": standing_counts(sight, listed).items(),
        "changes": change_counts(sight, listed).items(),
        "standing_codes": STANDINGS,
        "change_codes": CHANGES,
        "is_whole": is_whole,
        "may_adopt": is_whole and _may_change(request, listed.place),
    }
    return render(request, "members/list.html", context)


@page(Action.LEDGER_EXPORT)
def member_list_export(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the users of a list that the filter leaves."""
    sight = seen(request, Action.LEDGER_EXPORT)
    listed = list_in_sight(sight, key)
    if ending not in WRITERS or listed is None:
        raise Http404
    sheet = member_sheet(request, sight, listed, wanted_from(request.GET), districts_of(sight))
    record_export(request.user, f"member_list:{key}", rows=len(sheet.rows), action=Action.LEDGER_EXPORT)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{timezone.localdate():%Y%m%d}.{ending}")


@page(Action.LEDGER_EDIT, methods=("POST",))
def adopt_member_list(request: HttpRequest, key: int) -> HttpResponse:
    """Adopt a draft."""
    tried(request, lambda: adopt_list(request.user, key), done=_("名录已认定。"))
    return redirect("member_list", key)


@page(Action.LEDGER_EDIT, methods=("POST",))
def withdraw_member_list(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw a list with a reason."""
    reason = words_of(request.POST, "reason", limit=300)
    tried(request, lambda: withdraw_list(request.user, key, reason=reason), done=_("名录已撤回。"))
    return redirect("member_list", key)


def _year(request: HttpRequest) -> int:
    """Return the year that is asked for; this one when none that can be is."""
    asked = key_of(request.POST if request.method == "POST" else request.GET, "year")
    return asked if asked is not None and FIRST_YEAR <= asked <= LAST_YEAR else timezone.localdate().year


def _whole_city(request: HttpRequest, action: Action) -> Place | None:
    """Return the city on the whole of which the reader may do `action`, or None."""
    cities = {city_above(place).pk for place in own_places(request.user, action)}
    asked = key_of(request.POST if request.method == "POST" else request.GET, "city")
    rows = scope(request.user, action, Place).filter(pk__in=cities)
    return rows.filter(pk=asked).first() if asked in cities else rows.order_by("pk").first()


def _may_change(request: HttpRequest, city: Place) -> bool:
    if not may(request.user, Action.LEDGER_EDIT):
        return False
    return scope(request.user, Action.LEDGER_EDIT, Place).filter(pk=city.pk).exists()


def _state(listed: MemberList) -> str:
    if listed.withdrawn_at is not None:
        return "withdrawn"
    return "draft" if listed.adopted_at is None else "adopted"
