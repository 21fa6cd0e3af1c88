"""Statistics by workbook: given out, sent in and checked, entered as a whole, undone while it waits."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_statistics import statistic_batches
from shuiheng.adapters.rulebook.fact_topics import fact_topics
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.indicators.statistic_book import (
    REASON,
    marked_statistics,
    receive_statistics,
    statistics_workbook,
    take_statistics,
    undo_statistics,
)
from shuiheng.services.indicators.statistic_form import Wanted
from shuiheng.services.indicators.statistic_places import statistic_cities
from shuiheng.services.permission import Action
from shuiheng.services.scope import city_above
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.readings.views import content_of
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.pages.statistics.shown import FIRST_YEAR, LAST_YEAR, YEARS_SHOWN, places_shown, topic_asked
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment

PAGE_SIZE, SHOWN_LINES, MOST_YEARS = 30, 300, 30


@page(Action.FIGURES_KEEP)
def statistic_books(request: HttpRequest) -> HttpResponse:
    """Show the workbooks that came, and where to get and send one."""
    rows = statistic_batches(seen(request, Action.FIGURES_KEEP))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    last = timezone.localdate().year - 1
    context = {
        "page": shown,
        "rows": shown.object_list,
        "places": places_shown(request, Action.FIGURES_KEEP),
        "place": key_of(request.GET, "place"),
        "cities": statistic_cities(request.user, Action.FIGURES_KEEP),
        "topics": [(each.id, each.names[language()]) for each in fact_topics()],
        "topic": topic_asked(request),
        "years": range(last + 1, last - MOST_YEARS, -1),
        "first": last - YEARS_SHOWN + 1,
        "last": last,
    }
    return render(request, "statistics/books.html", context)


@page(Action.FIGURES_KEEP)
def statistic_book_form(request: HttpRequest) -> HttpResponse:
    """Send the workbook of statistics, with what stands already."""
    places = {each.pk: each for each in places_shown(request, Action.FIGURES_KEEP)}
    asked, city = key_of(request.GET, "place"), key_of(request.GET, "city")
    if asked is None and city is None:
        return redirect("statistic_books")
    chosen = {
        key: each for key, each in places.items() if (key == asked if asked else city_above(each).pk == city)
    }
    if not chosen:
        raise Http404
    wanted = Wanted(
        places={key: each.name for key, each in chosen.items()},
        topics=frozenset(filter(None, (topic_asked(request),))),
        years=_years(request),
    )
    whole: Place = city_above(next(iter(chosen.values())))
    name, content = statistics_workbook(request.user, whole.pk, wanted)
    return attachment(content, name=name)


@page(Action.FIGURES_KEEP, methods=("POST",))
def send_statistic_book(request: HttpRequest) -> HttpResponse:
    """Take a workbook and lead to what was found in it."""
    file = request.FILES.get("file")
    cities = statistic_cities(request.user, Action.FIGURES_KEEP)
    city = key_of(request.POST, "city") or (cities[0].pk if len(cities) == 1 else 0)
    try:
        if file is None or not city:
            raise ServiceError("services.nothing_chosen")
        batch = receive_statistics(request.user, city, content=content_of(file), name=file.name or "")
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("statistic_books")
    return redirect("statistic_book", batch.pk)


@page(Action.FIGURES_KEEP)
def statistic_book(request: HttpRequest, key: int) -> HttpResponse:
    """Show what a workbook would change, or changed, and what is wrong with it."""
    batch = statistic_batches(seen(request, Action.FIGURES_KEEP)).filter(pk=key).first()
    if batch is None:
        raise Http404
    spoken = get_language() or "zh"
    places = {each.pk: each.name for each in places_shown(request)}
    told, findings = batch.content.get("told", []), batch.content.get("findings", [])
    context = {
        "batch": batch,
        "counts": batch.content.get("counts", {}),
        "fresh": len(told),
        "told": [(each, places.get(each["place"], "")) for each in told[:SHOWN_LINES]],
        "hidden": max(0, len(told) - SHOWN_LINES),
        "findings": [
            (each, sentence_of(each["code"], each["values"], language=spoken))
            for each in findings[:SHOWN_LINES]
        ],
        "reason": REASON,
    }
    return render(request, "statistics/book.html", context)


@page(Action.FIGURES_KEEP)
def marked_statistic_book(request: HttpRequest, key: int) -> HttpResponse:
    """Send a workbook back with its bad cells marked."""
    try:
        name, content = marked_statistics(request.user, key)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("statistic_book", key)
    return attachment(content, name=name)


@page(Action.FIGURES_KEEP, methods=("POST",))
def take_statistic_book(request: HttpRequest, key: int) -> HttpResponse:
    """Enter what a checked workbook tells."""
    tried(request, lambda: take_statistics(request.user, key), done=_("已写入，待另一人确认。"))
    return redirect("statistic_book", key)


@page(Action.FIGURES_KEEP, methods=("POST",))
def undo_statistic_book(request: HttpRequest, key: int) -> HttpResponse:
    """Take a workbook back as a whole."""
    reason = words_of(request.POST, "reason", limit=REASON)
    tried(request, lambda: undo_statistics(request.user, key, reason=reason), done=_("已撤销整批。"))
    return redirect("statistic_book", key)


def _years(request: HttpRequest) -> range:
    """Return the years of a workbook, no more than can be filled in."""
    this_year = timezone.localdate().year
    last = min(key_of(request.GET, "until") or this_year, LAST_YEAR)
    last = last if last >= FIRST_YEAR else this_year
    first = key_of(request.GET, "from") or last - YEARS_SHOWN + 1
    return range(max(min(first, last), last - MOST_YEARS + 1), last + 1)
