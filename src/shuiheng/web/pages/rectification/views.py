"""Rectification items: opened, proved, returned or closed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Rectification
from shuiheng.adapters.records.queries_coordination import plans_in_sight, rectifications, units_in_sight
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_store import kept_content
from shuiheng.services.permission import Action, may
from shuiheng.services.rectify import (
    Fault,
    close_rectification,
    open_rectification,
    prove_rectification,
    return_rectification,
)
from shuiheng.services.scope import row_for
from shuiheng.web import words
from shuiheng.web.fields import FieldError, key_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried
from shuiheng.web.sending import attachment

PROOF_BYTES = 20 * 1024 * 1024


@page(Action.RECTIFICATION_LOOK)
def rectification_list(request: HttpRequest) -> HttpResponse:
    """Show the items, the nearest deadline first."""
    today = timezone.localdate()
    state = request.GET.get("state", "")
    is_late = state == "late"
    rows = rectifications(
        seen(request, Action.RECTIFICATION_LOOK),
        state=state if state in words.RECTIFICATION_STATES else "",
        late_on=today if is_late else None,
    )
    context: dict[str, object] = {
        "items": rows,
        "states": words.RECTIFICATION_STATES.items(),
        "state": state,
        "today": today,
    }
    if may(request.user, Action.RECTIFICATION_OPEN):
        context["plans"] = plans_in_sight(seen(request, Action.RECTIFICATION_OPEN))
        context["units"] = units_in_sight(seen(request, Action.ORGANISATIONS_LOOK))
    return render(request, "pages/rectification.html", context)


@page(Action.RECTIFICATION_OPEN, methods=("POST",))
def open_item(request: HttpRequest) -> HttpResponse:
    """Open an item."""

    def work() -> None:
        unit = key_of(request.POST, "organisation")
        if unit is None:
            raise FieldError("organisation", "")
        fault = Fault(
            organisation=unit,
            words=words_of(request.POST, "fault"),
            basis=words_of(request.POST, "basis"),
            found_on=wanted_day(request.POST, "found_on"),
            due_on=wanted_day(request.POST, "due_on"),
            task=key_of(request.POST, "task"),
        )
        open_rectification(request.user, words_of(request.POST, "plan"), fault)

    tried(request, work, done=_("已下达整改事项并通知单位。"))
    return redirect("rectification")


@page(Action.RECTIFICATION_PROVE, methods=("POST",))
def prove_item(request: HttpRequest, key: int) -> HttpResponse:
    """Take in the proof of an item."""
    row_for(request.user, Action.RECTIFICATION_PROVE, Rectification, pk=key)
    file = request.FILES.get("proof")

    def work() -> None:
        if file is not None and (file.size or 0) > PROOF_BYTES:
            raise ServiceError("services.file_too_large", limit_mb=str(PROOF_BYTES // 2**20))
        content = file.read() if file else b""
        name = file.name or "" if file else ""
        prove_rectification(
            request.user, key, words=words_of(request.POST, "words"), content=content, name=name
        )

    tried(request, work, done=_("已提交整改证明。"))
    return redirect("rectification")


@page(Action.RECTIFICATION_CLOSE, methods=("POST",))
def judge_item(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Close an item or send it back."""
    if verb == "close":
        tried(request, lambda: close_rectification(request.user, key), done=_("已销号。"))
    elif verb == "return":
        reason = words_of(request.POST, "reason")
        tried(request, lambda: return_rectification(request.user, key, reason=reason), done=_("已退回。"))
    else:
        raise Http404
    return redirect("rectification")


@page(Action.RECTIFICATION_LOOK)
def item_proof(request: HttpRequest, key: int) -> HttpResponse:
    """Send the file that proves an item."""
    item = row_for(request.user, Action.RECTIFICATION_LOOK, Rectification, pk=key)
    if not item.proof_stored_name:
        raise Http404
    return attachment(kept_content(item.proof_stored_name), name=item.proof_name)
