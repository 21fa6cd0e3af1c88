"""Caps of a year by part, beside what allowances were given under them (总量控制指标与已下达计划)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column
from shuiheng.adapters.records.models import AllowanceRound, Place, RegionalCap
from shuiheng.adapters.records.queries_rounds import caps_of_year, planned_under, rounds_of_year
from shuiheng.adapters.records.sight import Sight
from shuiheng.web.pages.pictures.tables import Cell, Table, empty_cell, number_column, volume_cell, words_cell
from shuiheng.web.templatetags.allowance_words import cap_words


def caps_table(seen: Sight, city: Place, year: int) -> Table:
    """Return the caps of a year with the allowances given under each; a dash where none were planned.

    Args:
        seen: What the reader may see of allowances.
        city: The city.
        year: The year.
    """
    caps = caps_of_year(seen, city, year)
    planned = _planned(seen, rounds_of_year(seen, city, year), caps)
    return Table(
        part="caps",
        title=_("年度总量指标与已下达计划"),
        columns=[
            Column(title=_("范围"), width=24),
            number_column(_("年度指标（万m³）")),
            number_column(_("计划（万m³）")),
            number_column(_("未分配（万m³）")),
        ],
        rows=[_cells(cap, planned) for cap in caps],
    )


def _planned(
    seen: Sight, rounds: Sequence[AllowanceRound], caps: Sequence[RegionalCap]
) -> Mapping[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for round_ in rounds:
        for line in planned_under(seen, round_, caps):
            found[line.cap.pk] += line.planned_m3
    return found


def _cells(cap: RegionalCap, planned: Mapping[int, Decimal]) -> Sequence[Cell]:
    given = planned.get(cap.pk)
    left = empty_cell() if given is None else volume_cell(cap.volume_m3 - given)
    return [
        words_cell(cap_words(cap), is_document=True),
        volume_cell(cap.volume_m3),
        empty_cell() if given is None else volume_cell(given),
        left,
    ]
