"""The list of what no other register lists: looked at, added to by pasting lines, closed and opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_case_subjects import listed_things
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.services.cases.candidates import listed_facts, listed_sorts
from shuiheng.services.cases.list_subjects import ListRefusedError, close_subject, list_subjects
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.permission import Action
from shuiheng.services.scope import city_above, own_places
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.kinds.condition_words import fact_name
from shuiheng.web.pages.rules.shown import language

PAGE_SIZE, LIMIT, LONGEST_TEXT, SHOWN_FAULTS, REFUSED = 50, 60, 60_000, 30, 422
Lines = Sequence[tuple[int, Sentence]]


@page(Action.CASES_KEEP, methods=("GET", "POST"))
def case_subjects(request: HttpRequest) -> HttpResponse:
    """Show the listed things of a sort, or take what was pasted and say what is wrong with it."""
    if request.method != "POST":
        return _page(request, request.GET.get("sort", ""))
    sort, text = plain(request.POST.get("sort", ""))[:LIMIT], request.POST.get("lines", "")[:LONGEST_TEXT]
    try:
        found = list_subjects(request.user, sort, text.replace("\x00", ""))
    except (NotThereError, NotPermittedError):
        raise
    except ListRefusedError as error:
        faults = [(each.number, _said(each.code, each.values)) for each in error.faults[:SHOWN_FAULTS]]
        return _page(request, sort, text=text, refused=_said(error.code, error.values), faults=faults)
    except ServiceError as error:
        return _page(request, sort, text=text, refused=_said(error.code, error.values))
    counts = {"new": found.new, "changed": found.changed, "same": found.same}
    messages.success(request, _("新列入 %(new)s 个，更新 %(changed)s 个，已有且相同 %(same)s 个。") % counts)
    return redirect(f"{reverse('case_subjects')}?{urlencode({'sort': sort})}")


@page(Action.CASES_KEEP, methods=("POST",))
def close_case_subject(request: HttpRequest, key: int) -> HttpResponse:
    """Leave something out of later runs, or take it in again."""
    row = close_subject(request.user, key, is_closed=request.POST.get("closed") == "1")
    messages.success(request, _("已停用。") if row.closed_at else _("已恢复。"))
    return redirect(f"{reverse('case_subjects')}?{urlencode({'sort': row.sort})}")


def _page(
    request: HttpRequest, sort: str, *, text: str = "", refused: Sentence | None = None, faults: Lines = ()
) -> HttpResponse:
    city, today = city_above(own_places(request.user, Action.CASES_KEEP)[0]), timezone.localdate()
    sorts = listed_sorts(city, today)
    sort = sort if sort in sorts else sorts[0]
    words = plain(request.GET.get("q", ""))[:LIMIT]
    rows = listed_things(seen(request, Action.CASES_KEEP), sort, words)
    places = seen(request, Action.CASES_KEEP)(Place).filter(to_on__isnull=True).order_by("order", "pk")
    names = programme_words().subjects
    context = {
        "sort": sort,
        "sort_name": names[sort][language()],
        "sorts": [(each, names[each][language()]) for each in sorts],
        "columns": [fact_name(name) for name in listed_facts(city, sort, today)],
        "places": list(places.values_list("name", flat=True)),
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "words": words,
        "text": text,
        "refused": refused,
        "faults": faults,
    }
    return render(request, "cases/subjects.html", context, status=REFUSED if refused else 200)


def _said(code: str, values: Mapping[str, str]) -> Sentence:
    return sentence_of(code, values, language=get_language() or "zh")
