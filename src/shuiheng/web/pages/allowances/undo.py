"""Taking the publication of a plan back: the office asks with a reason, the leader agrees or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import AllowanceRound, RoundState
from shuiheng.services.allowances.undo_publication import (
    ASKED,
    DONE,
    REASON_LENGTH,
    agree_undo,
    ask_undo,
    refuse_undo,
    undo_bars,
)
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import words_of
from shuiheng.web.page import page
from shuiheng.web.saying import tried


@page(Action.ALLOWANCES_KEEP, methods=("POST",))
def ask_undo_allowances(request: HttpRequest, key: int) -> HttpResponse:
    """Ask that a publication is taken back."""
    row_for(request.user, Action.ALLOWANCES_KEEP, AllowanceRound, pk=key)
    reason = words_of(request.POST, "reason", limit=REASON_LENGTH)
    done = _("已申请撤销下达，待负责人同意。")
    tried(request, lambda: ask_undo(request.user, key, reason=reason), done=done)
    return redirect("allowance_round", key)


@page(Action.ALLOWANCES_PUBLISH, methods=("POST",))
def answer_undo_allowances(request: HttpRequest, key: int) -> HttpResponse:
    """Agree that a publication is taken back, or leave it published."""
    row_for(request.user, Action.ALLOWANCES_PUBLISH, AllowanceRound, pk=key)
    if request.POST.get("verb") == "refuse":
        tried(request, lambda: refuse_undo(request.user, key), done=_("未同意撤销，计划继续有效。"))
    else:
        done = _("撤销已开始，用水户会收到消息。")
        tried(request, lambda: agree_undo(request.user, key), done=done)
    return redirect("allowance_round", key)


def undo_of(round_: AllowanceRound) -> Mapping[str, Any]:
    """Return what the page of a plan says of taking it back: what is asked, what bars it, what was done."""
    is_published = round_.state == RoundState.PUBLISHED
    bars = undo_bars(round_) if is_published else ()
    language = get_language() or "zh"
    return {
        "asked": round_.terms.get(ASKED),
        "bars": [sentence_of(each.code, each.values, language=language) for each in bars],
        "done": round_.terms.get(DONE, ()),
        "is_published": is_published,
    }
