"""Lists of processes and equipment to be given up: those that hold, send one in, end one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import EliminationList
from shuiheng.adapters.records.queries_gates import elimination_lists
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.gates.keep_list import HEADINGS, ListFields, end_list, send_list
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for, scope
from shuiheng.web.fields import day_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.rules.city import cities_of, city_of
from shuiheng.web.saying import say_error, tried

SHOWN_ROWS = 200


@page(Action.GATES_LOOK)
def elimination_lists_page(request: HttpRequest) -> HttpResponse:
    """Show the lists with their entries, the newest first."""
    sight = seen(request, Action.GATES_LOOK)
    kept = set(scope(request.user, Action.GATES_KEEP, EliminationList).values_list("pk", flat=True))
    lists = elimination_lists(sight)
    context = {
        "lists": [(each, each.rows[:SHOWN_ROWS], each.pk in kept) for each in lists],
        "cities": cities_of(request, Action.GATES_KEEP),
        "today": timezone.localdate(),
        "headings": "、".join(HEADINGS.values()),
    }
    return render(request, "gates/lists.html", context)


@page(Action.GATES_KEEP, methods=("POST",))
def send_elimination_list(request: HttpRequest) -> HttpResponse:
    """Take in a list from a file."""
    city = city_of(request, Action.GATES_KEEP)
    sent = request.FILES.get("file")
    content, name = (sent.read(), sent.name or "") if sent is not None else (b"", "")
    try:
        fields = ListFields(
            title=words_of(request.POST, "title", limit=200),
            valid_from=wanted_day(request.POST, "valid_from"),
            valid_to=day_of(request.POST, "valid_to"),
        )
        tried(
            request,
            lambda: send_list(request.user, city.pk, fields, content=content, name=name),
            done=_("目录已上传。"),
        )
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
    return redirect("elimination_lists")


@page(Action.GATES_KEEP, methods=("POST",))
def end_elimination_list(request: HttpRequest, key: int) -> HttpResponse:
    """End a list today."""
    row_for(request.user, Action.GATES_KEEP, EliminationList, pk=key)
    tried(request, lambda: end_list(request.user, key, on=timezone.localdate()), done=_("目录已停用。"))
    return redirect("elimination_lists")
