"""Batches of cases: the workbook of a kind out and in, what a batch brought, and taking it back."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import CaseBatch, Job, JobState
from shuiheng.adapters.records.queries_case_batches import case_batches, jobs_of_batch, phases_of_batch
from shuiheng.adapters.records.queries_cases import case_list
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.services.cases.case_batches import undo_batch
from shuiheng.services.cases.case_book import (
    ORIGIN,
    case_workbook,
    marked_cases,
    receive_cases,
    take_cases,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action, may
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.shown import Kinds, kind_names, kinds_shown, wanted_from
from shuiheng.web.pages.readings.views import content_of
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment
from shuiheng.web.words_cases import PHASES

PAGE_SIZE, SHOWN_FINDINGS, SHOWN_PASSED, REASON, MOST_ROWS = 50, 200, 50, 300, 5000


@page(Action.CASES_REVIEW)
def batches(request: HttpRequest) -> HttpResponse:
    """Show the batches that came, and where to get and send a workbook."""
    rows = case_batches(seen(request, Action.CASES_REVIEW))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    kinds = kinds_shown(request)
    names = kind_names(kinds)
    context = {
        "page": shown,
        "rows": [(row, names.get(row.kind, row.kind)) for row in shown.object_list],
        "kinds": _choices(kinds),
        "chosen": request.GET.get("kind", ""),
    }
    return render(request, "cases/batches.html", context)


@page(Action.CASES_KEEP)
def case_book_form(request: HttpRequest) -> HttpResponse:
    """Send the workbook of a kind: empty, or with the cases that the filter of the list leaves."""
    kinds = kinds_shown(request, Action.CASES_KEEP)
    wanted = wanted_from(request, kinds)
    if not wanted.kind:
        return redirect("case_batches")
    rows = []
    if request.GET.get("filled") == "1":
        found = case_list(seen(request, Action.CASES_LOOK), wanted, timezone.localdate())
        rows = list(found.select_related("user")[:MOST_ROWS])
    name, content = case_workbook(request.user, wanted.kind, rows)
    return attachment(content, name=name)


@page(Action.CASES_KEEP, methods=("POST",))
def send_case_book(request: HttpRequest) -> HttpResponse:
    """Take a workbook of cases and lead to what was found in it."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise ServiceError("services.nothing_chosen")
        batch = receive_cases(request.user, content=content_of(file), name=file.name or "")
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("case_batches")
    return redirect("case_batch", batch.pk)


@page(Action.CASES_REVIEW)
def case_batch(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a batch would bring, or brought, and what is wrong with it."""
    sight = seen(request, Action.CASES_REVIEW)
    batch = case_batches(sight).filter(pk=key).first()
    if batch is None:
        raise Http404
    spoken, content = get_language() or "zh", batch.content
    findings, passed = content.get("findings", []), content.get("passed", [])
    is_own = batch.made_by_id == getattr(request.user, "pk", None)
    context = {
        "batch": batch,
        "kind_name": kind_names(kinds_shown(request)).get(batch.kind, batch.kind),
        "phases": [(PHASES.get(code, code), code, n) for code, n in phases_of_batch(sight, batch).items()],
        "findings": [
            (each, sentence_of(each["code"], each["values"], language=spoken))
            for each in findings[:SHOWN_FINDINGS]
        ],
        "hidden": max(0, content.get("errors", 0) - SHOWN_FINDINGS),
        "passed": [
            sentence_of(each["code"], each["values"], language=spoken) for each in passed[:SHOWN_PASSED]
        ],
        "is_book": batch.origin == ORIGIN,
        "may_take": not (content.get("steps") and is_own),
        "asked": len(content.get("rows", [])),
        "jobs": _jobs(request, batch),
    }
    return render(request, "cases/batch.html", context)


@page(Action.CASES_KEEP)
def marked_case_book(request: HttpRequest, key: int) -> HttpResponse:
    """Send a workbook back with its bad cells marked."""
    try:
        name, content = marked_cases(request.user, key)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("case_batch", key)
    return attachment(content, name=name)


@page(Action.CASES_REVIEW, methods=("POST",))
def take_case_book(request: HttpRequest, key: int) -> HttpResponse:
    """Take a checked workbook in."""
    tried(request, lambda: take_cases(request.user, key), done=_("已确认写入。"))
    return redirect("case_batch", key)


@page(Action.CASES_KEEP, methods=("POST",))
def undo_case_batch(request: HttpRequest, key: int) -> HttpResponse:
    """Take a batch back as a whole."""
    reason = words_of(request.POST, "reason", limit=REASON)
    tried(request, lambda: undo_batch(request.user, key, reason=reason), done=_("已撤销整批。"))
    return redirect("case_batch", key)


def _choices(kinds: Kinds) -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, kind in kinds.items():
        about = programme_words().subjects[kind.subject][language()]
        groups.setdefault(about, []).append((name, kind.names[language()]))
    return [(about, sorted(found, key=lambda pair: pair[1])) for about, found in groups.items()]


def _jobs(request: HttpRequest, batch: CaseBatch) -> list[Job]:
    """Return the jobs of a batch that are under way or failed, where the reader may see jobs."""
    if not may(request.user, Action.JOBS_LOOK):
        return []
    found = jobs_of_batch(seen(request, Action.JOBS_LOOK), batch)
    return [job for job in found if job.state != JobState.DONE]
