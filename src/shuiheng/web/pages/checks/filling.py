"""The form of a check on a phone, its signature and its files; with a network, or kept and sent later."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Check, CheckFileKind, CheckState
from shuiheng.adapters.records.queries_checks import files_of, one_check
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.inspections.check_entries import filled_from
from shuiheng.services.inspections.check_steps import own_check
from shuiheng.services.inspections.fill_check import LONGEST, fill_check, sign_check
from shuiheng.services.inspections.keep_check_file import BroughtFile, keep_check_file
from shuiheng.services.permission import Action
from shuiheng.web.fields import words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.checks.shown import shown_items
from shuiheng.web.saying import tried
from shuiheng.web.words_checks import RESULTS, YES_NO

REFUSED = 422
DIGEST = 64
PHONE_FORM = "X-Phone-Form"  # by which form-worker.js knows what it may keep


@page(Action.CHECKS_FILL, methods=("GET", "POST"))
def check_form(request: HttpRequest, key: int) -> HttpResponse:
    """Show the form of a check to its team, and take it where there is a network."""
    own_check(request.user, key)
    sight = seen(request, Action.CHECKS_FILL)
    row = one_check(sight, key)
    if row is None:
        raise NotThereError(f"check:{key}")
    refused: ServiceError | None = None
    if request.method == "POST":
        try:
            fill_check(request.user, key, filled_from(_typed(request), row))
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            refused = error
        else:
            messages.success(request, _("已保存并签字；须由另一名检查人员核对后签字。"))
            return redirect("check", key)
    typed = _typed(request) if refused is not None else None
    context = {
        "row": row,
        "items": shown_items(row, list(row.answers.all()), files_of(sight, row), typed),
        "values": typed or _held(row),
        "team": list(row.team.all()),
        "results": RESULTS.items(),
        "yes_no": YES_NO.items(),
        "limits": LONGEST,
        "may_fill": row.state in (CheckState.PLANNED, CheckState.UNDER_WAY),
        "refused": None
        if refused is None
        else sentence_of(refused.code, refused.values, language=get_language() or "zh"),
    }
    response = render(request, "checks/form.html", context, status=REFUSED if refused is not None else 200)
    response.headers[PHONE_FORM] = "1" if context["may_fill"] else "0"
    return response


@page(Action.CHECKS_FILL, methods=("POST",))
def sign(request: HttpRequest, key: int) -> HttpResponse:
    """Sign what another inspector filled in."""
    digest = words_of(request.POST, "digest", limit=DIGEST)
    tried(request, lambda: sign_check(request.user, key, digest=digest), done=_("已签字。"))
    return redirect("check", key)


@page(Action.CHECKS_FILL, methods=("POST",))
def bring_file(request: HttpRequest, key: int) -> HttpResponse:
    """Take photos, or scans of the signed paper, where there is a network."""
    row = own_check(request.user, key)
    kind = CheckFileKind.SCAN if request.POST.get("kind") == "scan" else CheckFileKind.PHOTO
    question = words_of(request.POST, "question", limit=60)
    files = request.FILES.getlist("files")

    def work() -> None:
        if not files:
            raise ServiceError("services.nothing_chosen")
        for file in files:
            brought = BroughtFile(content=file.read(), name=file.name or "", kind=kind, question=question)
            keep_check_file(request.user, row.pk, brought)

    tried(request, work, done=_("已上传。"))
    return redirect("check", key)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: plain(text) for name, text in request.POST.items()}


def _held(row: Check) -> dict[str, str]:
    def at(moment: Any) -> str:
        return "" if moment is None else timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")

    return {
        "result": row.result,
        "begun_at": at(row.begun_at),
        "ended_at": at(row.ended_at),
        "summary": row.summary,
        "present": row.present,
        "is_certificate_shown": "1" if row.is_certificate_shown else "",
    }
