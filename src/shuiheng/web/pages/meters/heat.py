"""Hours of days of a meter as a map of colours, with the same figures as a table and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Meter
from shuiheng.services.permission import Action
from shuiheng.services.readings.meter_readings import HOURS_OF_DAY, hours_in, nights_in
from shuiheng.services.work_calendar import work_calendar
from shuiheng.web.page import page
from shuiheng.web.pages.meters.head import meter_head, meter_or_404, span_from
from shuiheng.web.templatetags.meter_words import m3_short, meter_word
from shuiheng.web.words_meter import LEVELS

MOST_DAYS = 93
SHARES = (0.25, 0.5, 0.75, 0.95)
"""Shares of the hours with use below which use is very little, little, middling, much; above is very much."""

NONE, BACK, ZERO = "none", "back", "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatDay:
    """One day of the map.

    Args:
        day: The day.
        is_worked: Whether it is a working day.
        hours: Litres of each hour and their level.
        litres: Litres of the hours that are told; None when none is.
        told: How many hours are told.
        night_litres: Litres from two to four o'clock; None where they are not told.
    """

    day: date
    is_worked: bool
    hours: Sequence[tuple[int | None, str]]
    litres: int | None
    told: int
    night_litres: int | None


@page(Action.READINGS_LOOK)
def meter_heat(request: HttpRequest, key: int) -> HttpResponse:
    """Show the litres of each hour of some days."""
    meter = meter_or_404(request, key)
    span = span_from(request.GET, meter, most_days=MOST_DAYS)
    grid = hours_in(meter, span.first, span.last)
    bounds = bounds_of(litres for hours in grid.values() for litres in hours if litres is not None)
    days = _days(meter, grid, bounds)
    context = meter_head(request, meter, "meter_heat") | {
        "span": span,
        "earlier": span.shifted(-1),
        "later": span.shifted(1),
        "most_days": MOST_DAYS,
        "days": days,
        "hours": range(HOURS_OF_DAY),
        "has_hours": any(each.told for each in days),
        "means": _means(grid, bounds),
        "levels": _legend(grid, bounds),
        "picture": _picture(days),
    }
    return render(request, "meters/heat.html", context)


def bounds_of(litres: Iterable[int]) -> Sequence[int]:
    """Return the litres above which the levels begin, from hours with use; none when there is no use."""
    used = sorted(each for each in litres if each > 0)
    return [used[min(int(share * len(used)), len(used) - 1)] for share in SHARES] if used else []


def level_of(litres: int | None, bounds: Sequence[int]) -> str:
    """Return the level of an hour: a digit from 0 to 5, `back` for reverse flow, `none` without a reading."""
    if litres is None:
        return NONE
    if litres <= 0:
        return ZERO if litres == 0 else BACK
    return str(1 + sum(litres > bound for bound in bounds))


def _days(meter: Meter, grid: Mapping[date, Sequence[int | None]], bounds: Sequence[int]) -> list[HeatDay]:
    nights, calendar = nights_in(meter, min(grid), max(grid)), work_calendar()
    found = []
    for day, hours in grid.items():
        told = [each for each in hours if each is not None]
        found.append(
            HeatDay(
                day=day,
                is_worked=calendar.is_workday(day),
                hours=[(each, level_of(each, bounds)) for each in hours],
                litres=sum(told) if told else None,
                told=len(told),
                night_litres=nights.get(day),
            )
        )
    return found


def _means(grid: Mapping[date, Sequence[int | None]], bounds: Sequence[int]) -> list[tuple[int | None, str]]:
    """Return the mean of each hour over the days on which it is told."""
    found = []
    for hour in range(HOURS_OF_DAY):
        told = [litres for hours in grid.values() if (litres := hours[hour]) is not None]
        mean = round(sum(told) / len(told)) if told else None
        found.append((mean, level_of(mean, bounds)))
    return found


def _legend(
    grid: Mapping[date, Sequence[int | None]], bounds: Sequence[int]
) -> list[tuple[str, str, str, int]]:
    """Return each level that occurs: its code, word, range in words, and how many hours have it."""
    levels = [level_of(litres, bounds) for hours in grid.values() for litres in hours]
    ranges = {ZERO: "0", BACK: "< 0", NONE: ""}
    edges = [None, *bounds, None]
    for place in range(len(SHARES) + 1 if bounds else 0):
        low, high = edges[place], edges[place + 1]
        if low is None:
            ranges[str(place + 1)] = _("不超过 %(high)s m³") % {"high": m3_short(high)}
        elif high is None:
            ranges[str(place + 1)] = _("超过 %(low)s m³") % {"low": m3_short(low)}
        else:
            ranges[str(place + 1)] = _("%(low)s–%(high)s m³") % {
                "low": m3_short(low),
                "high": m3_short(high),
            }
    return [
        (code, meter_word(code, "level"), ranges.get(code, ""), levels.count(code))
        for code in LEVELS
        if code in levels
    ]


def _picture(days: Sequence[HeatDay]) -> dict[str, object]:
    """Return what the script draws: cells as hour, day, m³ and level."""
    cells = [
        [hour, row, None if litres is None else litres / 1000, level]
        for row, each in enumerate(days)
        for hour, (litres, level) in enumerate(each.hours)
    ]
    return {
        "days": [f"{each.day:%m-%d}" for each in days],
        "hours": [str(hour) for hour in range(HOURS_OF_DAY)],
        "cells": cells,
        "words": {code: str(word) for code, word in LEVELS.items()},
        "unit": "m³",
        "at": _("时"),
    }
