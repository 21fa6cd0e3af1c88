"""What waits to be confirmed: batch by batch, confirmed by a second person or refused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Account, Statistic
from shuiheng.adapters.records.queries_statistics import confirmed_beside, waiting_statistics
from shuiheng.services.errors import ServiceError
from shuiheng.services.indicators.keep_statistic import LONGEST, decide_statistics
from shuiheng.services.permission import Action, may
from shuiheng.web.fields import keys_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import say_error, tried

PAGE_SIZE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Facts that were entered together, each with what stands confirmed."""

    batch: str
    entered_by: Account
    rows: Sequence[tuple[Statistic, Statistic | None]]
    is_own: bool

    @property
    def first(self) -> Statistic:
        """Return its first fact."""
        return self.rows[0][0]


@page(Action.FIGURES_LOOK)
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits to be confirmed, in the groups in which it was entered."""
    sight = seen(request, Action.FIGURES_LOOK)
    shown = Paginator(waiting_statistics(sight), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(shown.object_list)
    beside = confirmed_beside(sight, rows)
    groups: dict[tuple[int, str, int, int], list[Statistic]] = {}
    for row in rows:
        groups.setdefault(
            (row.entered_by_id, row.batch, row.place_id, int(row.entered_at.timestamp())), []
        ).append(row)
    found = [
        Waiting(
            batch=batch,
            entered_by=each[0].entered_by,
            rows=[(row, beside.get(row.pk)) for row in each],
            is_own=by == request.user.pk,
        )
        for (by, batch, _place, _at), each in groups.items()
    ]
    context = {
        "page": shown,
        "groups": found,
        "may_review": may(request.user, Action.FIGURES_REVIEW),
        "longest": LONGEST["reason"],
    }
    return render(request, "statistics/waiting.html", context)


@page(Action.FIGURES_REVIEW, methods=("POST",))
def decide(request: HttpRequest) -> HttpResponse:
    """Confirm the chosen facts, or refuse them with a reason."""
    keys = keys_of(request.POST, "statistic")
    is_confirmed = request.POST.get("decision") == "confirm"
    reason = words_of(request.POST, "reason", limit=LONGEST["reason"])
    if not keys:
        say_error(request, ServiceError("services.nothing_chosen"))
        return redirect("waiting_statistics")
    done = _("已确认所选数据。") if is_confirmed else _("已退回所选数据。")
    tried(
        request,
        lambda: decide_statistics(request.user, keys, is_confirmed=is_confirmed, reason=reason),
        done=done,
    )
    return redirect("waiting_statistics")
