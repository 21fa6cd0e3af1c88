"""Meetings of the coordinating body: minutes, decisions, the tasks that arise."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Meeting
from shuiheng.adapters.records.queries_coordination import (
    meeting_at,
    meetings,
    plans_in_sight,
    units_in_sight,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.keep_meeting import Decided, Minutes, add_decision, record_meeting
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import row_for
from shuiheng.web.fields import day_of, keys_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import say_error, tried

REFUSED = 422


@page(Action.MEETINGS_LOOK, methods=("GET", "POST"))
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Show the meetings; take in a new one."""
    sight = seen(request, Action.MEETINGS_LOOK)
    status = 200
    if request.method == "POST":
        try:
            minutes = Minutes(
                title=words_of(request.POST, "title"),
                held_on=wanted_day(request.POST, "held_on"),
                room=words_of(request.POST, "room"),
                text=words_of(request.POST, "minutes", limit=100_000),
                present=keys_of(request.POST, "present"),
            )
            meeting = record_meeting(request.user, words_of(request.POST, "plan"), minutes)
        except ServiceError as error:
            if error.code in ("services.not_there", "services.not_permitted"):
                raise
            say_error(request, error)
            status = REFUSED
        else:
            return redirect("meeting", key=meeting.pk)
    context = {
        "meetings": meetings(sight, plan=words_of(request.GET, "plan")),
        "plans": plans_in_sight(sight),
        "units": units_in_sight(seen(request, Action.ORGANISATIONS_LOOK)),
        "posted": request.POST,
        "today": timezone.localdate(),
    }
    return render(request, "pages/meetings.html", context, status=status)


@page(Action.MEETINGS_LOOK)
def meeting_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show one meeting with its decisions."""
    meeting = meeting_at(seen(request, Action.MEETINGS_LOOK), key)
    if meeting is None:
        raise Http404
    context: dict[str, object] = {"meeting": meeting}
    if may(request.user, Action.MEETINGS_KEEP):
        context["units"] = units_in_sight(seen(request, Action.ORGANISATIONS_LOOK))
    return render(request, "pages/meeting.html", context)


@page(Action.MEETINGS_KEEP, methods=("POST",))
def decide_meeting(request: HttpRequest, key: int) -> HttpResponse:
    """Add a decision to a meeting."""
    row_for(request.user, Action.MEETINGS_KEEP, Meeting, pk=key)

    def add() -> None:
        decided = Decided(
            words=words_of(request.POST, "words"),
            leads=keys_of(request.POST, "lead"),
            joint=keys_of(request.POST, "joint"),
            due_on=day_of(request.POST, "due_on"),
        )
        add_decision(request.user, key, decided)

    tried(request, add, done=_("已加入议定事项。"))
    return redirect("meeting", key=key)
