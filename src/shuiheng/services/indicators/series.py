"""Series of a place by year or by month (数据序列): an indicator, a fact, or the water that meters tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from shuiheng.adapters.records.models import Account, Figure, Place
from shuiheng.adapters.records.queries_use import MOST_MONTHS, Grouping, UseFilter, use_by_month
from shuiheng.adapters.records.use_figures import Use, months_between
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Indicator
from shuiheng.indicators.errors import NoBaseYearError, NotDefinedError, UnknownChoiceError
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook
from shuiheng.metering.civil_time import months_before
from shuiheng.services.errors import NotThereError
from shuiheng.services.indicators.fact_book import fact_book
from shuiheng.services.indicators.indicator_json import Json, unit_json, value_json
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import city_above, own_places, row_for, sight

USUAL_YEARS = 10
LITRES_IN_M3 = 1000
INDICATOR, FACT, USE = "indicator", "fact", "use"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesWanted:
    """Which series is asked for (数据序列).

    Args:
        of: `indicator:` or `fact:` with an id, or `use` for the water that meters tell by month.
        place: Key of a city or district; the own city unless given.
        first: First year; ten years unless given.
        last: Last year; the present one unless given.
        base_year: The year with which an indicator compares.
        choices: What is meant where an indicator can be meant in several ways, by part.
    """

    of: str
    place: int | None = None
    first: int | None = None
    last: int | None = None
    base_year: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)


def series_of(actor: Actor, wanted: SeriesWanted) -> Json:
    """Return a series of a place with what is missing in it; what is not known has no value.

    Raises:
        NotThereError, NotPermittedError: There is no such series, or the place is not in sight.
    """
    kind, _, name = wanted.of.partition(":")
    action = Action.READINGS_LOOK if kind == USE else Action.FIGURES_LOOK
    account = require(actor, action)
    place = _place(account, action, wanted.place)
    years = _years(wanted)
    shown = {"of": wanted.of, "place": place.pk, "place_name": place.name}
    if kind == USE and not name:
        return shown | {"unit": {"id": "m3"}, "points": _use(account, place, years)}
    book = indicator_book()
    if kind == FACT and name in book.facts:
        known = fact_book(place, years, facts=[name])
        return shown | {"unit": unit_json(book.facts[name].unit), "points": _fact(name, known)}
    if kind == INDICATOR and name in book.indicators:
        indicator = book.indicators[name]
        unit = unit_json(indicator.versions[-1].unit)
        return shown | {"unit": unit, "points": _indicator(indicator, place, years, wanted)}
    raise NotThereError(f"series:{wanted.of}")


def _place(account: Account, action: Action, key: int | None) -> Place:
    """Return the place that is asked for; unless told, the own city or else the own district, if in sight.

    Of who sees single meters only, the water is that of these meters, whatever the place.
    """
    if key is not None:
        return row_for(account, action, Place, pk=key)
    own = [place for held in own_places(account, action) for place in (city_above(held), held)]
    known = set(
        sight(account, action)(Place).filter(pk__in=[place.pk for place in own]).values_list("pk", flat=True)
    )
    found = next((place for place in own if place.pk in known), None)
    if found is None and action is Action.READINGS_LOOK and own:
        return own[0]
    if found is None:
        raise NotThereError("place")
    return found


def _years(wanted: SeriesWanted) -> Sequence[int]:
    last = wanted.last if wanted.last is not None else timezone.localdate().year
    first = wanted.first if wanted.first is not None else last - USUAL_YEARS + 1
    return range(first, last + 1)


def _fact(name: str, book: FactBook) -> list[Json]:
    rows = sorted((key, figure) for key, figure in book.figures.items() if key.fact == name)
    return [
        {
            "period": str(key.year),
            "member": key.member,
            "value": str(figure.value),
            "origin": figure.origin.partition(":")[0],
            "collected_under": figure.collected_under.value,
            "shares": {grade.value: str(share) for grade, share in figure.shares.items() if share},
        }
        for key, figure in rows
    ]


def _indicator(indicator: Indicator, place: Place, years: Sequence[int], wanted: SeriesWanted) -> list[Json]:
    base = wanted.base_year
    asked = {*years, *(range(base, years[-1] + 1) if base is not None and years else ())}
    book = fact_book(place, sorted(asked), facts=indicator.facts)
    official = _official(indicator, place, years)
    return [
        {"period": str(year), **_value(indicator, year, book, wanted), "official": official.get(year)}
        for year in years
    ]


def _value(indicator: Indicator, year: int, book: FactBook, wanted: SeriesWanted) -> Json:
    question = Question(year=year, base_year=wanted.base_year, choices=wanted.choices)
    try:
        return value_json(evaluate(indicator, question, book))
    except NotDefinedError:
        return {"value": None, "problem": "not_defined"}
    except NoBaseYearError:
        return {"value": None, "problem": "no_base_year"}
    except UnknownChoiceError:
        return {"value": None, "problem": "no_choice"}


def _official(indicator: Indicator, place: Place, years: Sequence[int]) -> Mapping[int, Json]:
    """Return what was released of an indicator, by year; never taken for what is computed now."""
    rows = Figure.objects.filter(
        place=place, subject=f"{INDICATOR}:{indicator.id}", year__in=years, superseded_at__isnull=True
    )
    return {
        row.year: {
            "figure": row.pk,
            "value": None if row.value is None else str(row.value),
            "unit": row.unit,
            "up_to": row.up_to.isoformat(),
            "released_at": row.released_at.isoformat(),
        }
        for row in rows
    }


def _use(account: Account, place: Place, years: Sequence[int]) -> list[Json]:
    """Return the water of the months of some years as far as meters tell it, the last months where many."""
    if not years:
        return []
    last = min(date(years[-1], 12, 1), timezone.localdate().replace(day=1))
    first = max(date(years[0], 1, 1), months_before(last, MOST_MONTHS - 1))
    city = city_above(place)
    of = UseFilter(city=city.pk, district=None if city.pk == place.pk else place.pk)
    seen = sight(account, Action.READINGS_LOOK)
    found = use_by_month(seen, Grouping.CITY, months_between(first, last), of)
    return [_month(month, use) for (_, month), use in sorted(found.items(), key=lambda each: each[0][1])]


def _month(month: date, use: Use) -> dict[str, Any]:
    litres, estimated, missing = use.litres, use.estimated_share, use.missing_share
    return {
        "period": f"{month:%Y-%m}",
        "value": None if litres is None else f"{litres / LITRES_IN_M3:.3f}",
        "meters": use.meters,
        "silent": use.silent,
        "shares": {
            "estimated": None if estimated is None else f"{estimated:.6f}",
            "missing": None if missing is None else f"{missing:.6f}",
        },
    }
