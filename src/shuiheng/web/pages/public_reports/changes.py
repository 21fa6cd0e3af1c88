"""What is done with a report by the public: sorted, merged, refused, answered, published."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import PublicReport
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.public_reports.answer_report import answer_report, return_answer
from shuiheng.services.public_reports.publish_report import (
    close_report,
    publish_report,
    withdraw_published,
    word_answer,
)
from shuiheng.services.public_reports.tell_report import LONGEST
from shuiheng.services.public_reports.triage_report import (
    Sorting,
    merge_report,
    refuse_report,
    triage_report,
)
from shuiheng.services.scope import row_for
from shuiheng.web import words
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page
from shuiheng.web.pages.public_reports.views import report_page
from shuiheng.web.saying import tried
from shuiheng.web.words_public import FIELDS

KIND, NUMBER = 40, 20
REFUSED = 422


@page(Action.PUBLIC_REPORTS_KEEP, methods=("POST",))
def triage(request: HttpRequest, key: int) -> HttpResponse:
    """Say what it is and who answers it."""
    sorting = Sorting(
        kind=words_of(request.POST, "kind", limit=KIND),
        district=key_of(request.POST, "district"),
        organisation=key_of(request.POST, "organisation"),
        note=words_of(request.POST, "note", limit=LONGEST["reason"]),
    )
    done = _("已转办。") if sorting.organisation else _("已分办，由本办办理。")
    return _tried(request, key, lambda: triage_report(request.user, key, sorting), done)


@page(Action.PUBLIC_REPORTS_KEEP, methods=("POST",))
def merge(request: HttpRequest, key: int) -> HttpResponse:
    """Deal with it in another one."""
    into = words_of(request.POST, "into", limit=NUMBER)
    return _tried(request, key, lambda: merge_report(request.user, key, into=into), _("已并案。"))


@page(Action.PUBLIC_REPORTS_KEEP, methods=("POST",))
def refuse(request: HttpRequest, key: int) -> HttpResponse:
    """Say that it is not dealt with, and why."""
    reason = words_of(request.POST, "reason", limit=LONGEST["reason"])
    done = _("已答复不予受理。")
    return _tried(request, key, lambda: refuse_report(request.user, key, reason=reason), done)


@page(Action.PUBLIC_REPORTS_ANSWER, methods=("POST",))
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Answer it."""
    said = words_of(request.POST, "answer", limit=LONGEST["answer"])
    done = _("已答复，反映人可以查到。")
    return _tried(request, key, lambda: answer_report(request.user, key, answer=said), done)


@page(Action.PUBLIC_REPORTS_KEEP, methods=("POST",))
def send_back(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for another answer."""
    reason = words_of(request.POST, "reason", limit=LONGEST["reason"])
    return _tried(request, key, lambda: return_answer(request.user, key, reason=reason), _("已退回。"))


@page(Action.PUBLIC_REPORTS_KEEP, methods=("POST",))
def close(request: HttpRequest, key: int) -> HttpResponse:
    """End it without publishing."""
    return _tried(request, key, lambda: close_report(request.user, key), _("已办结。"))


@page(Action.PUBLIC_REPORTS_KEEP, methods=("POST",))
def write_words(request: HttpRequest, key: int) -> HttpResponse:
    """Write what is to be published."""
    title = words_of(request.POST, "public_title", limit=LONGEST["title"])
    said = words_of(request.POST, "public_answer", limit=LONGEST["answer"])
    is_sure = request.POST.get("is_sure") == "1"
    done = _("已保存，由另一人公开。")
    return _tried(
        request,
        key,
        lambda: word_answer(request.user, key, title=title, answer=said, is_sure=is_sure),
        done,
    )


@page(Action.PUBLIC_REPORTS_PUBLISH, methods=("POST",))
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Publish what another person wrote."""
    return _tried(request, key, lambda: publish_report(request.user, key), _("已公开。"))


@page(Action.PUBLIC_REPORTS_PUBLISH, methods=("POST",))
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take it off the public page."""
    reason = words_of(request.POST, "reason", limit=LONGEST["reason"])
    done = _("已撤回公开。")
    return _tried(request, key, lambda: withdraw_published(request.user, key, reason=reason), done)


def _tried(request: HttpRequest, key: int, work: Callable[[], object], done: str) -> HttpResponse:
    """Do something and go to the report; what was refused is said there, with what was typed."""
    row_for(request.user, Action.PUBLIC_REPORTS_LOOK, PublicReport, pk=key)
    refused: list[ServiceError] = []

    def named() -> None:
        try:
            work()
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            field = error.values.get("field")
            shown = {**error.values, "field": words.word(FIELDS, field)} if field else error.values
            refused.append(ServiceError(error.code, **shown))
            raise refused[0] from error

    if tried(request, named, done=done):
        return redirect("public_report", key)
    return report_page(request, key, status=REFUSED)
