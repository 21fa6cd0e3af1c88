"""Asking for a replay of a past year under norms that nobody has adopted."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.rules.replay import ask_norm_replay
from shuiheng.services.rules.replay_norms import AskedNorm
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page
from shuiheng.web.pages.rules.city import city_of
from shuiheng.web.saying import say_error


@page(Action.RULES_LOOK, methods=("POST",))
def start_norm_replay(request: HttpRequest) -> HttpResponse:
    """Ask for a replay under a typed value of one norm, or under the norms of a waiting workbook."""
    city, year = city_of(request), key_of(request.POST, "year")
    if year is None:
        raise Http404
    asked = AskedNorm(
        year=year,
        batch=key_of(request.POST, "batch"),
        standard=words_of(request.POST, "standard", limit=200),
        number=words_of(request.POST, "number", limit=60),
        value=words_of(request.POST, "value", limit=30),
    )
    try:
        job = ask_norm_replay(request.user, city.pk, asked)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect(_back(asked))
    return redirect("replay", job.pk)


def _back(asked: AskedNorm) -> str:
    """Return where it was asked for."""
    if asked.batch is not None:
        return reverse("norm_book", args=[asked.batch])
    return f"{reverse('use_norm')}?{urlencode({'standard': asked.standard, 'id': asked.number})}"
