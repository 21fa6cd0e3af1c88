"""Messages: one's own, and for the office all that went out."""

from __future__ import annotations

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Account
from shuiheng.adapters.records.queries_messages import inbox, outbox
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action
from shuiheng.services.read_message import read_message
from shuiheng.services.retry_message import retry_message
from shuiheng.services.scope import own_organisations
from shuiheng.web import words
from shuiheng.web.page import page, seen

PAGE_SIZE = 50


@page(Action.MESSAGES_LOOK)
def message_inbox(request: HttpRequest) -> HttpResponse:
    """Show the messages for the account and its units."""
    if not isinstance(request.user, Account):
        raise Http404
    units = own_organisations(request.user, Action.MESSAGES_LOOK)
    rows = inbox(seen(request, Action.MESSAGES_LOOK), request.user, units)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "pages/inbox.html", {"page": shown, "letters": shown.object_list})


@page(Action.MESSAGES_LOOK, methods=("POST",))
def mark_read(request: HttpRequest, key: int) -> HttpResponse:
    """Mark one message as read."""
    read_message(request.user, key)
    return redirect("messages")


@page(Action.MESSAGES_SEND)
def message_outbox(request: HttpRequest) -> HttpResponse:
    """Show all that was written, and what could not be delivered."""
    state, channel = request.GET.get("state", ""), request.GET.get("channel", "")
    rows = outbox(
        seen(request, Action.MESSAGES_SEND),
        state=state if state in words.MESSAGE_STATES else "",
        channel=channel if channel in words.CHANNELS else "",
    )
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "letters": shown.object_list,
        "states": words.MESSAGE_STATES.items(),
        "channels": words.CHANNELS.items(),
        "state": state,
        "channel": channel,
    }
    return render(request, "pages/outbox.html", context)


@page(Action.MESSAGES_SEND, methods=("POST",))
def send_again(request: HttpRequest, key: int) -> HttpResponse:
    """Put a message that failed back into the outbox."""
    try:
        retry_message(request.user, key)
        notes.success(request, _("已重新排队发送。"))
    except NotThereError:
        raise
    except ServiceError as error:
        sentence = sentence_of(error.code, error.values, language=get_language() or "zh")
        notes.error(request, f"{sentence.says} {sentence.remedy}")
    return redirect("outbox")
