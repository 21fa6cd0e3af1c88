"""The days of the explorer: what the largest groups were read to have used on each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.queries_use import Key
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.use.periods import Step, periods_between
from shuiheng.services.use.use_by_day import DayUse, use_by_day
from shuiheng.services.use.use_totals import UseQuestion
from shuiheng.web.pages.use.table import SERIES, names_in
from shuiheng.web.templatetags.volumes import LITRES_OF_A_M3

Days = Mapping[tuple[Key, date], DayUse]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayTable:
    """Days down, groups across.

    Args:
        names: The largest groups, most water first.
        rows: Each day with what each group used on it; None where no meter of it was read.
        others: How many groups are not shown.
    """

    names: Sequence[str]
    rows: Sequence[tuple[date, Sequence[DayUse | None]]]
    others: int


def day_table(seen: Sight, asked: UseQuestion) -> DayTable:
    """Return the days of a question.

    Raises:
        ServiceError: `use.too_many_days`.
    """
    found = use_by_day(seen, asked)
    sums: dict[Key, int] = defaultdict(int)
    for (key, _on), use in found.items():
        sums[key] += use.litres or 0
    keys = sorted(sums, key=lambda key: (-sums[key], str(key)))
    shown = keys[:SERIES]
    names = names_in(seen, asked.by, shown, asked.last)
    days = [period.on for period in periods_between(asked.first, asked.last, Step.DAY)]
    return DayTable(
        names=[names[key].text for key in shown],
        rows=[(on, [found.get((key, on)) for key in shown]) for on in days if on is not None],
        others=len(keys) - len(shown),
    )


def day_picture(table: DayTable) -> dict[str, Any]:
    """Return what the picture draws of days, in m³."""
    return {
        "labels": [on.isoformat() for on, _uses in table.rows],
        "series": [
            {"name": name, "values": [_m3(uses[place]) for _on, uses in table.rows]}
            for place, name in enumerate(table.names)
        ],
        "unit": "m³",
        "kind": "line",
    }


def day_sheet(table: DayTable, notes: Sequence[str]) -> Sheet:
    """Return the days as a table in m³."""
    rows: list[list[Value]] = [[on, *(_m3(use) for use in uses)] for on, uses in table.rows]
    columns = [Column(title=_("日期"), width=12, form=ColumnForm.DAY)]
    columns += [Column(title=f"{name} (m³)", width=18, form=ColumnForm.NUMBER) for name in table.names]
    return Sheet(title=_("逐日用水"), columns=columns, rows=rows, notes=notes)


def _m3(use: DayUse | None) -> float | None:
    return None if use is None or use.litres is None else use.litres / LITRES_OF_A_M3
