"""Total and intensity of water use by place (双控), against the caps of the year and the targets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column
from shuiheng.adapters.records.models import WHOLE_YEAR, PlaceKind
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.verdict import Why
from shuiheng.services.indicators.dual_control import (
    LEVELS,
    AimLine,
    ControlLine,
    DualBoard,
    Measure,
    dual_board,
)
from shuiheng.services.indicators.working_figure import Wanted
from shuiheng.services.permission import Action, may
from shuiheng.web import words
from shuiheng.web.page import page, seen
from shuiheng.web.pages.figures.shown import fact_address
from shuiheng.web.pages.figures.working import value_address
from shuiheng.web.pages.pictures.caps import caps_table
from shuiheng.web.pages.pictures.chosen import TOTAL, Chosen, chosen_in
from shuiheng.web.pages.pictures.tables import (
    Cell,
    Table,
    drawn,
    empty_cell,
    number_cell,
    number_column,
    percent_cell,
    shown_number,
    target_cell,
    volume_cell,
    words_cell,
)
from shuiheng.web.templatetags.shown import goal, unit
from shuiheng.web.templatetags.statistic_words import through_month
from shuiheng.web.words_pictures import MEASURES, OVER, OVER_MARKS
from shuiheng.web.words_standings import MARKS, STANDINGS


@page(Action.FIGURES_LOOK)
def dual_control(request: HttpRequest) -> HttpResponse:
    """Show total and intensity of a city and its districts for a year."""
    chosen, board, tables = _found(request)
    context: dict[str, Any] = {"chosen": chosen, "tab": "dual"}
    if board is not None:
        context |= {
            "board": board,
            "tables": tables,
            "caps_values": caps_values(board),
            "level_values": level_values(board),
            "over": [line for line in board.lines if line.is_over],
        }
    return render(request, "pictures/dual.html", context)


def tables_of(request: HttpRequest) -> tuple[Chosen | None, Sequence[Table]]:
    """Return the tables of the page, for a file."""
    chosen, _board, tables = _found(request)
    return chosen, tables


def _found(request: HttpRequest) -> tuple[Chosen | None, DualBoard | None, Sequence[Table]]:
    """Return what is asked for; caps by part are for those who may see allowances."""
    sight = seen(request, Action.FIGURES_LOOK)
    chosen = chosen_in(sight, request.GET, with_running=True)
    if chosen is None:
        return None, None, []
    board = dual_board(sight, chosen.city, chosen.places, chosen.year)
    tables = list(dual_tables(board))
    if may(request.user, Action.ALLOWANCES_LOOK):
        tables.append(caps_table(seen(request, Action.ALLOWANCES_LOOK), chosen.city, chosen.year))
    return chosen, board, tables


def dual_tables(board: DualBoard) -> Sequence[Table]:
    """Return the tables of a board: places, targets, sectors."""
    tables = [_places_table(board), _aims_table(board)]
    return [*tables, _sectors_table(board)] if board.sectors else tables


def _places_table(board: DualBoard) -> Table:
    return Table(
        part="places",
        title=_("总量和强度"),
        columns=[
            Column(title=_("地区"), width=16),
            number_column(_("用水总量（万m³）")),
            number_column(_("年度指标（万m³）")),
            number_column(_("剩余（万m³）")),
            number_column(_("占指标（%）")),
            Column(title=_("总量"), width=14),
            number_column(_("万元GDP用水量（m³/万元）")),
            number_column(_("万元工业增加值用水量（m³/万元）")),
        ],
        rows=[_place_cells(line, board.year) for line in board.lines],
        totals=sum(1 for line in board.lines if line.place.kind == PlaceKind.CITY),
    )


def _aims_table(board: DualBoard) -> Table:
    return Table(
        part="aims",
        title=_("方案目标"),
        columns=[
            Column(title=_("目标"), width=34),
            Column(title=_("地区"), width=16),
            Column(title=_("要求"), width=18),
            Column(title=_("截止"), width=12),
            number_column(_("现状值")),
            number_column(_("进度线")),
            Column(title=_("单位"), width=10),
            Column(title=_("研判"), width=14),
        ],
        rows=[_aim_cells(aim) for aim in board.aims],
    )


def _sectors_table(board: DualBoard) -> Table:
    return Table(
        part="sectors",
        title=_("分领域用水"),
        columns=[
            Column(title=_("领域"), width=20),
            number_column(_("用水量（万m³）")),
            number_column(_("占比（%）")),
        ],
        rows=_sector_rows(board),
    )


def caps_values(board: DualBoard) -> dict[str, Any]:
    """Return what the picture of caps draws: by place, which share of the cap was used."""
    return {
        "labels": [line.place.name for line in board.lines],
        "values": [
            drawn(None if (share := line.used_share) is None else share * 100) for line in board.lines
        ],
        "shown": [_share_words(line) for line in board.lines],
        "unit": "%",
        "limit": 100,
        "limitName": _("年度指标"),
        "unknown": _("未知"),
    }


def level_values(board: DualBoard) -> dict[str, Any]:
    """Return what the picture of intensity draws."""
    return {
        "labels": [line.place.name for line in board.lines],
        "series": [
            {"name": str(MEASURES["gdp"]), "values": [drawn(line.per_gdp) for line in board.lines]},
            {"name": str(MEASURES["industry"]), "values": [drawn(line.per_industry) for line in board.lines]},
        ],
        "unit": "m³/万元",
        "unknown": _("未知"),
    }


def over_words(line: ControlLine) -> str:
    """Return in words, with a mark, whether a place is within its cap; of a year under way, so far."""
    code, months = str(line.is_over), through_month(line.through)
    said = words.word(OVER, code)
    if line.use_m3 is not None and line.cap is None:
        said = _("未下达指标")
    elif months and line.is_over is False:
        said = _("年内尚未超")
    return f"{OVER_MARKS[code]} {said} {months}".strip()


def _share_words(line: ControlLine) -> str:
    share = line.used_share
    return (
        over_words(line) if share is None else f"{shown_number(share * 100, digits=1)} %  {over_words(line)}"
    )


def _place_cells(line: ControlLine, year: int) -> Sequence[Cell]:
    links = {
        measure: value_address(line.place.pk, Wanted(indicator=indicator, year=year))
        for measure, indicator in LEVELS.items()
    }
    is_part = line.through != WHOLE_YEAR
    total = fact_address(line.place.pk, TOTAL, year) if is_part else links[Measure.TOTAL]
    return [
        words_cell(line.place.name, is_document=True),
        volume_cell(line.use_m3, link=total),
        volume_cell(line.cap.volume_m3 if line.cap else None),
        volume_cell(line.left_m3),
        percent_cell(line.used_share),
        words_cell(over_words(line)),
        number_cell(line.per_gdp, link=links[Measure.GDP]),
        number_cell(line.per_industry, link=links[Measure.INDUSTRY]),
    ]


def _aim_cells(aim: AimLine) -> Sequence[Cell]:
    row = aim.standing
    return [
        words_cell(row.target.metric, link=reverse("standing", args=[row.pk]), is_document=True),
        words_cell(row.place.name, is_document=True),
        words_cell(goal(row.target), is_document=True),
        words_cell(row.target.deadline or ""),
        target_cell(row.value, row.target),
        target_cell(row.path, row.target) if row.why == Why.PATH else empty_cell(),
        words_cell(unit(row.target.unit), is_document=True),
        words_cell(f"{MARKS.get(row.standing, '')} {words.word(STANDINGS, row.standing)}"),
    ]


def _sector_rows(board: DualBoard) -> Sequence[Sequence[Cell]]:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    kinds = indicator_book().facts
    known = [value for value in board.sectors.values() if value is not None]
    whole = sum(known, Decimal(0)) if len(known) == len(board.sectors) else None
    city = next(line.place.pk for line in board.lines if line.place.kind == PlaceKind.CITY)
    return [
        [
            words_cell(kinds[fact].names[language]),
            volume_cell(value, link=fact_address(city, fact, board.year)),
            percent_cell(value / whole if value is not None and whole else None),
        ]
        for fact, value in board.sectors.items()
    ]
