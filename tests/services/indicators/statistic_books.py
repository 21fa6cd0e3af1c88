"""Workbooks of statistics as tests fill them in: the form as it is given out, with rows written into it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl

from shuiheng.adapters.records.models import Account
from shuiheng.services.indicators.statistic_book import places_to_keep, statistics_workbook
from shuiheng.services.indicators.statistic_form import Wanted
from shuiheng.services.indicators.statistic_places import statistic_cities
from shuiheng.services.permission import Action

HEADINGS = {
    "place": "地区",
    "fact": "数据项",
    "member": "分类",
    "year": "年份",
    "value": "数值",
    "unit": "单位",
    "source": "来源",
    "estimated": "估算占比（%）",
    "under": "收集依据",
}


def given_out(account: Account, *, topic: str = "population", years: Sequence[int] = (2023, 2024)) -> bytes:
    """Return the workbook of a topic as the account gets it, for all its places."""
    city = statistic_cities(account, Action.FIGURES_KEEP)[0]
    places = {key: name for name, key in places_to_keep(account, city).items()}
    return statistics_workbook(
        account, city.pk, Wanted(places=places, topics=frozenset({topic}), years=years)
    )[1]


def filled(content: bytes, rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return a workbook whose rows are these; a row that only names place, fact and year finds its line."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["统计数据"]
    heads = {str(cell.value).lstrip("*"): cell.column for cell in sheet[2]}
    sheet.delete_rows(5, sheet.max_row)
    for line, row in enumerate(rows, start=5):
        for name, value in row.items():
            sheet.cell(line, heads[HEADINGS[name]], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
