"""The water-user ledger (用水户台账): the list as of a day, and everything about one user."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.models import UserFact, WaterUser
from shuiheng.adapters.records.queries_ledger import (
    UserPage,
    districts_of,
    ledger_list,
    merges_of,
    use_classes_of,
    user_page,
)
from shuiheng.services.ledger.keep_contact import reveal_user_contacts
from shuiheng.services.ledger.use_by_month import MonthPair, year_of_use
from shuiheng.services.permission import Action, may, memberships_of
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import scope
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.ledger.asks import Ask, said, since
from shuiheng.web.pages.ledger.books import several_cities
from shuiheng.web.pages.ledger.listing import (
    Moment,
    ledger_sheet,
    moment_from,
    rows_of,
    wanted_from,
)
from shuiheng.web.pages.ledger.quality import permits_beside_use, user_findings
from shuiheng.web.pages.ledger.questions import user_asks
from shuiheng.web.pages.ledger.tree import branches
from shuiheng.web.pages.ledger.use_profile import profile_shown
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment
from shuiheng.web.words_ledger import SOURCE_KINDS, USE_CLASSES

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.LEDGER_LOOK)
def ledger(request: HttpRequest) -> HttpResponse:
    """Show the users of the ledger as of a day."""
    sight = seen(request, Action.LEDGER_LOOK)
    wanted, moment = wanted_from(request.GET), moment_from(request.GET)
    shown = Paginator(ledger_list(sight, wanted, moment.as_of), PAGE_SIZE).get_page(request.GET.get("page"))
    codes = dict.fromkeys([*USE_CLASSES, *use_classes_of(sight)])
    context = {
        "rows": rows_of(sight, shown.object_list, moment),
        "page": shown,
        "wanted": wanted,
        "moment": moment,
        "districts": districts_of(sight),
        "classes": list(codes),
        "source_kinds": list(SOURCE_KINDS),
        "export_cities": several_cities(request, Action.LEDGER_EXPORT),
    }
    return render(request, "ledger/list.html", context)


@page(Action.LEDGER_EXPORT)
def ledger_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the users that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    sight = seen(request, Action.LEDGER_EXPORT)
    sheet = ledger_sheet(
        request, sight, wanted_from(request.GET), moment_from(request.GET), districts_of(sight)
    )
    record_export(request.user, "ledger", rows=len(sheet.rows), action=Action.LEDGER_EXPORT)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{timezone.localdate():%Y%m%d}.{ending}")


@page(Action.LEDGER_LOOK)
def water_user(request: HttpRequest, key: int) -> HttpResponse:
    """Show one user: profile, sources, meters, months, who said what when."""
    return _shown(request, key, is_revealed=False)


@page(Action.CONTACTS_LOOK, methods=("POST",))
def reveal_water_user(request: HttpRequest, key: int) -> HttpResponse:
    """Show one user with its contacts in full, and write down who looked and what for."""
    if not scope(request.user, Action.LEDGER_LOOK, WaterUser).filter(pk=key).exists():
        raise Http404
    purpose = words_of(request.POST, "purpose", limit=200)
    is_revealed = tried(
        request,
        lambda: reveal_user_contacts(request.user, key, purpose=purpose),
        done=_("已记录本次查看。"),
    )
    return _shown(request, key, is_revealed=is_revealed)


def user_or_404(request: HttpRequest, key: int, action: Action, moment: Moment) -> UserPage:
    """Return everything of a user on which the reader may do `action`.

    Raises:
        Http404: There is none.
    """
    found = user_page(seen(request, action), key, moment.as_of)
    if found is None:
        raise Http404
    return found


def _shown(request: HttpRequest, key: int, *, is_revealed: bool) -> HttpResponse:
    moment = moment_from(request.GET)
    sight = seen(request, Action.LEDGER_LOOK)
    found = user_or_404(request, key, Action.LEDGER_LOOK, moment)
    asks = user_asks()
    may_edit = may_edit_user(request, found.user)
    sees_contact = is_revealed or _is_own(request, found.user)
    may_reveal = bool(found.contacts) and not sees_contact and _may_reveal(request, found.user)
    months: Sequence[MonthPair] = []
    if may(request.user, Action.READINGS_LOOK):
        readings = seen(request, Action.READINGS_LOOK)
        months = year_of_use(
            readings, found.user, year=moment.on.year, last=min(moment.on, timezone.localdate())
        )
    context = {
        "found": found,
        "user_row": found.user,
        "fact": found.fact,
        "moment": moment,
        "profile": profile(asks, found.fact, found.history, moment),
        "history": [(fact, said(asks, fact)) for fact in found.history],
        "tree": branches(found.meters),
        "months": months,
        "permit_uses": permits_beside_use(request, found.user, found.permits, on=moment.on),
        "findings": user_findings(request, found.user),
        "use_profile": profile_shown(request, found.user, found.fact, moment.on),
        "merges": merges_of(sight, found.user),
        "sees_contact": sees_contact,
        "may_reveal": may_reveal,
        "may_edit": may_edit and found.user.merged_into_id is None,
        "may_part": may_edit,
    }
    return render(request, "ledger/user.html", context)


def profile(
    asks: Sequence[Ask], fact: UserFact | None, history: Sequence[UserFact], moment: Moment
) -> list[tuple[Ask, str, object]]:
    """Return each field that a user has with what it says and since which day it holds."""
    if fact is None:
        return []
    known_at = moment.as_of.known_at
    beliefs = [
        each
        for each in history
        if (
            each.superseded_at is None
            if known_at is None
            else each.recorded_at <= known_at
            and (each.superseded_at is None or each.superseded_at > known_at)
        )
    ]
    first = since(asks, beliefs, fact)
    return [(ask, text, first[ask.name]) for ask, text in said(asks, fact)]


def may_edit_user(request: HttpRequest, user: WaterUser) -> bool:
    """Return whether the reader may change this user."""
    if not may(request.user, Action.LEDGER_EDIT):
        return False
    return scope(request.user, Action.LEDGER_EDIT, WaterUser).filter(pk=user.pk).exists()


def _is_own(request: HttpRequest, user: WaterUser) -> bool:
    return user.organisation_id in {each.organisation_id for each in memberships_of(request.user)}


def _may_reveal(request: HttpRequest, user: WaterUser) -> bool:
    if not may(request.user, Action.CONTACTS_LOOK):
        return False
    return scope(request.user, Action.CONTACTS_LOOK, WaterUser).filter(pk=user.pk).exists()
