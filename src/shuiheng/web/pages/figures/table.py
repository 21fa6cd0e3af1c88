"""All indicators of a place by year, with what is official and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_figures import base_years, places_with_figures, standing_figures
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.indicators.indicator_table import IndicatorRow, indicator_table
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import city_above
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.sending import attachment
from shuiheng.web.words_counts import language

YEARS_SHOWN, BASE_BEFORE = 5, 5
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of the table is asked for: a place, its last year, the base year, words in names."""

    place: Place
    places: list[Place]
    last: int
    base: int
    bases: list[int]
    words: str

    @property
    def years(self) -> list[int]:
        """Return the years that are shown, the newest first."""
        return [self.last - back for back in range(YEARS_SHOWN)]


@page(Action.FIGURES_LOOK)
def indicators(request: HttpRequest) -> HttpResponse:
    """Show all indicators of a place by year."""
    asked = _asked(request)
    if asked is None:
        return render(request, "figures/list.html", {"places": []})
    rows = _rows(request, asked)
    newest = timezone.localdate().year - 1
    context = {
        "asked": asked,
        "places": asked.places,
        "rows": [row for row in rows if row.has_value],
        "lacking": [(row, _fact_names(row.missing)) for row in rows if not row.has_value],
        "language": language(),
        "newest": newest,
        "last_years": range(newest, newest - 10, -1),
    }
    return render(request, "figures/list.html", context)


@page(Action.FIGURES_LOOK)
def indicators_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the table as a workbook or as text."""
    asked = _asked(request)
    if ending not in WRITERS or asked is None:
        raise Http404
    rows = _rows(request, asked)
    notes = export_notes(
        request,
        wanted=said_filter([(_("地区"), asked.place.name), (_("基准年"), asked.base)]),
        order=_("指标"),
        count=len(rows),
    )
    record_export(request.user, "indicators", rows=len(rows), action=Action.FIGURES_LOOK)
    content = WRITERS[ending](_sheet(rows, asked, notes))
    return attachment(content, name=export_name(request, _("指标"), ending, period=str(asked.last)))


def _asked(request: HttpRequest) -> Asked | None:
    sight = seen(request, Action.FIGURES_LOOK)
    places = places_with_figures(sight)
    if not places:
        return None
    wanted = key_of(request.GET, "place")
    place = next((each for each in places if each.pk == wanted), places[0])
    newest = timezone.localdate().year - 1
    last = key_of(request.GET, "year") or newest
    last = last if newest - 30 <= last <= newest else newest
    bases = base_years(sight, city_above(place)) or [last - BASE_BEFORE]
    base = key_of(request.GET, "base")
    return Asked(
        place=place,
        places=places,
        last=last,
        base=base if base in bases else bases[0],
        bases=bases,
        words=words_of(request.GET, "q", limit=60),
    )


def _rows(request: HttpRequest, asked: Asked) -> list[IndicatorRow]:
    official = list(standing_figures(seen(request, Action.FIGURES_LOOK), asked.place))
    rows = indicator_table(asked.place, asked.years, base_year=asked.base, official=official)
    spoken = language()
    return [row for row in rows if asked.words in row.indicator.names[spoken]]


def _fact_names(facts: tuple[str, ...]) -> list[str]:
    kinds, spoken = indicator_book().facts, language()
    return [kinds[fact].names[spoken] for fact in facts]


def _sheet(rows: list[IndicatorRow], asked: Asked, notes: list[str]) -> Sheet:
    spoken = language()
    columns = [
        Column(title=_("指标"), width=34),
        Column(title=_("单位"), width=12),
        *(Column(title=str(year), form=ColumnForm.NUMBER) for year in asked.years),
        *(Column(title=_("%(year)d 正式数据") % {"year": year}, width=18) for year in asked.years),
    ]
    lines: list[list[Value]] = [
        [
            row.indicator.names[spoken],
            row.unit.get(spoken, ""),
            *(cell.value for cell in row.cells),
            *(cell.official.content.get("value") if cell.official else None for cell in row.cells),
        ]
        for row in rows
    ]
    return Sheet(title=_("指标"), columns=columns, rows=lines, notes=notes)
