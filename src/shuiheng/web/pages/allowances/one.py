"""One allowance: its derivation and changes for all, its inputs for the office, its forms for the user."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import AllowanceRound, Letter, PlannedAllowance
from shuiheng.adapters.records.queries_rounds import allowance_in_sight, entries_of
from shuiheng.services.allowances.change_allowance import Wanted, ask_change, rebalance
from shuiheng.services.allowances.compute_round import CAN_BE_COMPUTED
from shuiheng.services.allowances.confirm_notice import confirm_notice
from shuiheng.services.allowances.issue_notices import notice_of
from shuiheng.services.allowances.other_year import BorrowFields, ask_borrowing, ask_carry_over
from shuiheng.services.allowances.set_volume import CutFields, GivenFields, give_inputs, set_volume
from shuiheng.services.allowances.transfer_allowance import TransferFields, ask_transfer
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import own_organisations, row_for, scope
from shuiheng.services.write_letters import letter_file
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.allowances.months import YearLine, year_lines
from shuiheng.web.pages.allowances.typed import (
    MONTHS,
    document_of,
    month_volumes,
    volume_of,
    wanted_volume,
)
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment

WRONG, LONGEST, MOST_CUTS = 422, 500, 3


@page(Action.ALLOWANCES_LOOK)
def allowance(request: HttpRequest, key: int) -> HttpResponse:
    """Show an allowance: months with use, derivation, findings, changes."""
    return _shown(request, _in_sight(request, key))


@page(Action.ALLOWANCES_KEEP, methods=("POST",))
def set_allowance(request: HttpRequest, key: int) -> HttpResponse:
    """Set an allowance by hand, or take that back."""
    row = row_for(request.user, Action.ALLOWANCES_KEEP, PlannedAllowance, pk=key)
    reason = words_of(request.POST, "reason", limit=LONGEST)

    def work() -> None:
        is_back = request.POST.get("verb") == "clear"
        volume = None if is_back else wanted_volume(request.POST, "volume")
        set_volume(request.user, row.pk, volume_m3=volume, reason=reason)

    tried(request, work, done=_("已保存。年度计划须重新核定。"))
    return redirect("allowance", key)


@page(Action.ALLOWANCES_KEEP, methods=("POST",))
def give_allowance_inputs(request: HttpRequest, key: int) -> HttpResponse:
    """Keep what the office knows of a user beside the ledger."""
    row = row_for(request.user, Action.ALLOWANCES_KEEP, PlannedAllowance, pk=key)

    def work() -> None:
        give_inputs(request.user, row.pk, _given(request.POST))

    tried(request, work, done=_("已保存。年度计划须重新核定。"))
    return redirect("allowance", key)


@page(Action.ALLOWANCES_ASK, methods=("POST",))
def rebalance_allowance(request: HttpRequest, key: int) -> HttpResponse:
    """Move water between the months of an allowance."""
    return _asked(
        request,
        key,
        lambda: rebalance(
            request.user,
            key,
            month_volumes(request.POST),
            reason=words_of(request.POST, "reason", limit=LONGEST),
        ),
        _("各月指标已调整。"),
    )


@page(Action.ALLOWANCES_ASK, methods=("POST",))
def ask_allowance_change(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for more or less."""

    def work() -> None:
        kind = words_of(request.POST, "kind", limit=30)
        sign = Decimal(-1) if kind == "decrease" else Decimal(1)
        months = [abs(each) * sign for each in month_volumes(request.POST)]
        reason = words_of(request.POST, "reason", limit=LONGEST)
        wanted = Wanted(months=months, reason=reason, document=document_of(request))
        ask_change(request.user, key, kind, wanted)

    return _asked(request, key, work, _("申请已提交。"))


@page(Action.ALLOWANCES_ASK, methods=("POST",))
def transfer_allowance(request: HttpRequest, key: int) -> HttpResponse:
    """Ask that water passes to another user or source, or from the year before or the next one."""
    reason = words_of(request.POST, "reason", limit=LONGEST)

    def work() -> None:
        months = {month: each for month, each in enumerate(month_volumes(request.POST), 1) if each}
        if request.POST.get("verb") == "carry":
            ask_carry_over(request.user, key, months=months, reason=reason)
            return
        if request.POST.get("verb") == "borrow":
            given = {month: each for month, each in enumerate(month_volumes(request.POST, "n"), 1) if each}
            ask_borrowing(request.user, key, BorrowFields(months=months, from_months=given, reason=reason))
            return
        what = TransferFields(
            taker=words_of(request.POST, "taker", limit=80),
            months=months,
            reason=reason,
            saved_m3=volume_of(request.POST, "saved"),
        )
        ask_transfer(request.user, key, what)

    return _asked(request, key, work, _("申请已提交。"))


@page(Action.ALLOWANCES_ASK, methods=("POST",))
def confirm_allowance(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm the receipt of the notice."""
    tried(request, lambda: confirm_notice(request.user, key), done=_("已签收。"))
    return redirect("allowance", key)


@page(Action.ALLOWANCES_LOOK)
def allowance_notice_file(request: HttpRequest, key: int) -> HttpResponse:
    """Send the notice of an allowance as a Word document."""
    row = _in_sight(request, key)
    letter: Letter | None = notice_of(row)
    if letter is None:
        raise Http404
    return attachment(letter_file(letter), name=f"{letter.document_number}.docx")


def _asked(request: HttpRequest, key: int, work: Callable[[], object], done: str) -> HttpResponse:
    """Do what a user asks; what was wrong is shown on the page with what was typed."""
    row = row_for(request.user, Action.ALLOWANCES_ASK, PlannedAllowance, pk=key)
    try:
        work()
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        found = allowance_in_sight(seen(request, Action.ALLOWANCES_LOOK), row.pk)
        return _shown(request, found or row, typed=request.POST, status=WRONG)
    tried(request, lambda: None, done=done)
    return redirect("allowance", key)


def _in_sight(request: HttpRequest, key: int) -> PlannedAllowance:
    row = allowance_in_sight(seen(request, Action.ALLOWANCES_LOOK), key)
    if row is None or (row.published_at is None and not _is_whole(request, row)):
        raise Http404
    return row


def _is_whole(request: HttpRequest, row: PlannedAllowance) -> bool:
    return scope(request.user, Action.ALLOWANCES_LOOK, AllowanceRound).filter(pk=row.round_id).exists()


def _shown(
    request: HttpRequest,
    row: PlannedAllowance,
    *,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    sight = seen(request, Action.ALLOWANCES_LOOK)
    lines: list[YearLine] = []
    if row.published_at is not None:
        lines = year_lines(sight, [row], seen(request, Action.READINGS_LOOK))
    line = lines[0] if lines else None
    is_own = row.user.organisation_id in own_organisations(request.user, Action.ALLOWANCES_ASK)
    rules = year_rules(row.round.place, row.round.year)
    entries = entries_of(sight, row)
    context: dict[str, Any] = {
        "row": row,
        "line": line,
        "entries": [(entry, [*entry.months.all()]) for entry in entries],
        "waiting": sum(entry.state == "asked" for entry in entries),
        "rules": rules,
        "is_own": is_own and line is not None,
        "may_set": may(request.user, Action.ALLOWANCES_KEEP)
        and row.published_at is None
        and _is_whole(request, row),
        "is_open": row.round.state in CAN_BE_COMPUTED,
        "may_look_ledger": may(request.user, Action.LEDGER_LOOK),
        "cut_rows": [*row.given.get("cuts", ()), *({} for _each in range(MOST_CUTS))][:MOST_CUTS],
        "months": range(1, MONTHS + 1),
        "planned": list(enumerate(row.months, 1)),
        "typed": typed or {},
        "has_notice": bool(row.number),
    }
    return render(request, "allowances/one.html", context, status=status)


def _given(posted: Mapping[str, str]) -> GivenFields:
    cuts = []
    for place in range(MOST_CUTS):
        reason = words_of(posted, f"cut{place}", limit=60)
        if reason:
            percent = volume_of(posted, f"percent{place}")
            cuts.append(
                CutFields(
                    reason=reason,
                    evidence=words_of(posted, f"evidence{place}", limit=200),
                    share=percent / 100 if percent is not None else None,
                    amount_m3=volume_of(posted, f"amount{place}"),
                )
            )
    return GivenFields(
        is_new=posted.get("is_new") == "1",
        has_saved=posted.get("has_saved") == "1",
        design_m3=volume_of(posted, "design"),
        supply_m3=volume_of(posted, "supply"),
        cuts=cuts,
    )
