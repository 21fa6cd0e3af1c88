"""The form in which one or many years of a fact are entered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from shuiheng.adapters.records.models import WHOLE_YEAR, CollectedUnder, Statistic
from shuiheng.adapters.records.queries_statistics import standing_statistics
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.conversion import in_unit_of
from shuiheng.indicators.facts import FactKind
from shuiheng.indicators.units import Unit
from shuiheng.services.cases.scope_meanings import parts_said
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.indicators.keep_statistic import LONGEST, StatisticFields, enter_statistics
from shuiheng.services.indicators.statistic_value import stored_value
from shuiheng.services.permission import Action
from shuiheng.web.fields import FieldError, key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.pages.statistics.views import place_of_fact
from shuiheng.web.words_statistics import UNDERS

REFUSED, YEARS = 422, 8
PERCENT = Decimal(100)
_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,12})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """A year of the form: what was typed, what stands, what waits."""

    year: int
    typed: str
    standing: Statistic | None
    waiting: Statistic | None
    is_over: bool


@page(Action.FIGURES_KEEP, methods=("GET", "POST"))
def enter_statistic(request: HttpRequest, key: int, fact: str) -> HttpResponse:
    """Ask for the values of a fact, and enter them; what was typed stays when it is refused."""
    place = place_of_fact(request, key, fact, Action.FIGURES_KEEP)
    kind = indicator_book().facts[fact]
    refused: Sentence | None = None
    if request.method == "POST":
        try:
            fields = _fields(request, kind)
            rows = enter_statistics(request.user, place.pk, fields)
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            named = {**error.values, **({"fact": kind.names[language()]} if "fact" in error.values else {})}
            refused = sentence_of(error.code, named, language=get_language() or "zh")
        else:
            done = ngettext("已录入 %(n)d 条，待另一人确认。", "已录入 %(n)d 条，待另一人确认。", len(rows))
            messages.success(request, done % {"n": len(rows)})
            return redirect("statistic_fact", place.pk, fact)
    sight = seen(request, Action.FIGURES_LOOK)
    standing = list(standing_statistics(sight, [place.pk]).filter(fact=fact))
    context = {
        "place": place,
        "fact": fact,
        "kind": kind,
        "refused": refused,
        "lines": _lines(request, standing),
        "units": [(each.id, each.names[language()] or each.id) for each in units_for(kind)],
        "unders": UNDERS.items(),
        "parts": () if kind.is_by_member else sorted(parts_said([place.pk])),
        "members": sorted({row.member for row in standing if row.member}),
        "typed": _typed(request, kind),
        "limits": LONGEST,
        "throughs": () if kind.is_index else range(1, WHOLE_YEAR),
        "through": _through(request),
    }
    return render(request, "statistics/enter.html", context, status=REFUSED if refused else 200)


def units_for(kind: FactKind) -> Sequence[Unit]:
    """Return the units in which a fact can be told, its own first."""
    found = [
        each for each in indicator_book().units.values() if in_unit_of(kind, Decimal(1), each) is not None
    ]
    return sorted(found, key=lambda each: each.id != kind.unit.id)


def _fields(request: HttpRequest, kind: FactKind) -> list[StatisticFields]:
    posted = request.POST
    unit = indicator_book().units.get(posted.get("unit", ""), kind.unit)
    share = _number(posted, "estimated") or Decimal(0)
    under = posted.get("under", "")
    found = []
    for year in _years():
        value = _number(posted, f"value_{year}")
        if value is None:
            continue
        read = in_unit_of(kind, value, unit)
        if read is None:
            raise ServiceError(
                "statistics.unit_other", fact=kind.id, unit=unit.names["zh"], wanted=kind.unit.names["zh"]
            )
        found.append(
            StatisticFields(
                fact=kind.id,
                year=year,
                value=stored_value(read),
                source=words_of(posted, "source", limit=LONGEST["source"]),
                page=words_of(posted, "page", limit=LONGEST["page"]),
                member=words_of(posted, "member", limit=LONGEST["member"]),
                revision=words_of(posted, "revision", limit=LONGEST["revision"]),
                estimated_share=share / PERCENT,
                collected_under=CollectedUnder(under) if under in UNDERS else CollectedUnder.ADMINISTRATION,
                through=_through(request),
            )
        )
    if not found:
        raise ServiceError("statistics.nothing_typed", fact=kind.id)
    return found


def _number(posted: Mapping[str, str], name: str) -> Decimal | None:
    """Return the number of a field, None when it is empty.

    Raises:
        FieldError: It is no number.
    """
    text = unicodedata.normalize("NFKC", words_of(posted, name, limit=40)).replace(",", "").replace(" ", "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise FieldError(name.removeprefix("value_"), text)
    return Decimal(text)


def _years() -> Sequence[int]:
    this_year = timezone.localdate().year
    return range(this_year, this_year - YEARS, -1)


def _through(request: HttpRequest) -> int:
    """Return the last month of which the values speak, the last of the year unless another is chosen."""
    asked = key_of(request.POST or request.GET, "through")
    return asked if asked is not None and 1 <= asked <= WHOLE_YEAR else WHOLE_YEAR


def _lines(request: HttpRequest, standing: Sequence[Statistic]) -> list[YearLine]:
    member = words_of(request.POST or request.GET, "member", limit=LONGEST["member"])
    through = _through(request)
    mine = {
        (row.year, row.state): row
        for row in standing
        if row.member == member and row.through_month == through
    }
    return [
        YearLine(
            year=year,
            typed=request.POST.get(f"value_{year}", ""),
            standing=mine.get((year, "confirmed")),
            waiting=mine.get((year, "entered")),
            is_over=year < timezone.localdate().year,
        )
        for year in _years()
    ]


def _typed(request: HttpRequest, kind: FactKind) -> dict[str, str]:
    posted = request.POST or request.GET
    names = ("source", "page", "member", "revision", "estimated", "under")
    return {**{name: posted.get(name, "") for name in names}, "unit": posted.get("unit", kind.unit.id)}
