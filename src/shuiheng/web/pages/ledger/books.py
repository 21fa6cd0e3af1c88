"""The ledger by workbook: export it, send it back, look at the differences, take them in, undo them."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_ledger_book import book_batches
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.ledger.book_cities import book_cities, keeper_of_book
from shuiheng.services.ledger.ledger_book import export_book, marked_book, receive_book, take_book, undo_book
from shuiheng.services.permission import Action
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.ledger.listing import moment_from, wanted_from
from shuiheng.web.pages.readings.views import content_of
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment

PAGE_SIZE, SHOWN_FINDINGS = 30, 200
BUSY = ("received", "taking", "undoing")


@page(Action.LEDGER_EXPORT)
def ledger_book_file(request: HttpRequest) -> HttpResponse:
    """Send the users of a city that the filter leaves, with all that is theirs, as a workbook."""
    wanted, moment = wanted_from(request.GET), moment_from(request.GET)
    try:
        name, content = export_book(request.user, wanted, moment.as_of, city=key_of(request.GET, "city"))
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("ledger")
    return attachment(content, name=name)


@page(Action.LEDGER_EDIT)
def ledger_books(request: HttpRequest) -> HttpResponse:
    """Show the workbooks that came, and where to send one."""
    rows = book_batches(seen(request, Action.LEDGER_EDIT))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": shown.object_list,
        "export_cities": several_cities(request, Action.LEDGER_EXPORT),
        "edit_cities": several_cities(request, Action.LEDGER_EDIT),
    }
    return render(request, "ledger/books.html", context)


def several_cities(request: HttpRequest, action: Action) -> Sequence[Place]:
    """Return the cities between which the reader must choose; none where there is one only."""
    cities = book_cities(request.user, action)
    return cities if len(cities) > 1 else ()


@page(Action.LEDGER_EDIT, methods=("POST",))
def send_ledger_book(request: HttpRequest) -> HttpResponse:
    """Take a workbook and lead to its batch; what is wrong with the whole is said above the form."""
    file, city = request.FILES.get("file"), key_of(request.POST, "city")
    try:
        keeper_of_book(request.user, Action.LEDGER_EDIT, city)
        if file is None:
            raise ServiceError("services.nothing_chosen")
        batch = receive_book(
            request.user,
            content=content_of(file),
            name=file.name or "",
            reason=words_of(request.POST, "reason", limit=300),
            city=city,
        )
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("ledger_books")
    return redirect("ledger_book", batch.pk)


@page(Action.LEDGER_EDIT)
def ledger_book(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a workbook would change, or changed, and what is wrong with it."""
    batch = book_batches(seen(request, Action.LEDGER_EDIT)).filter(pk=key).first()
    if batch is None:
        raise Http404
    language = get_language() or "zh"
    found = batch.findings[:SHOWN_FINDINGS]
    effects = batch.counts.get("effects", [])
    context = {
        "batch": batch,
        "is_busy": batch.state in BUSY,
        "sheets": batch.counts.get("sheets", {}).items(),
        "effects": effects,
        "more": max(0, batch.counts.get("writes", 0) - len(effects)),
        "findings": [(each, sentence_of(each["code"], each["values"], language=language)) for each in found],
        "hidden": max(0, batch.counts.get("errors", 0) - len(found)),
    }
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "ledger/book_state.html" if is_part else "ledger/book.html", context)


@page(Action.LEDGER_EDIT)
def marked_ledger_book(request: HttpRequest, key: int) -> HttpResponse:
    """Send a workbook back with its bad cells marked."""
    try:
        name, content = marked_book(request.user, key)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("ledger_book", key)
    return attachment(content, name=name)


@page(Action.LEDGER_EDIT, methods=("POST",))
def take_ledger_book(request: HttpRequest, key: int) -> HttpResponse:
    """Take a checked workbook in."""
    tried(request, lambda: take_book(request.user, key), done=_("正在写入台账。"))
    return redirect("ledger_book", key)


@page(Action.LEDGER_EDIT, methods=("POST",))
def undo_ledger_book(request: HttpRequest, key: int) -> HttpResponse:
    """Undo a workbook with a reason."""
    reason = words_of(request.POST, "reason", limit=300)
    tried(
        request, lambda: undo_book(request.user, key, reason=reason), done=_("正在撤销；原来的记载将恢复。")
    )
    return redirect("ledger_book", key)
