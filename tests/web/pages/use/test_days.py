"""The days of the explorer stand down, the groups across; a day without a reading is missing."""

from __future__ import annotations

from datetime import date

from shuiheng.services.use.use_by_day import DayUse
from shuiheng.web.pages.use.days import DayTable, day_picture, day_sheet

TABLE = DayTable(
    names=["东港区", "西岭区"],
    rows=[
        (date(2026, 3, 1), [DayUse(litres=1500, told=1, meters=1), DayUse(litres=0, told=1, meters=2)]),
        (date(2026, 3, 2), [None, DayUse(litres=None, told=0, meters=2)]),
    ],
    others=0,
)


def test_the_picture_has_a_gap_where_nothing_is_known() -> None:
    drawn = day_picture(TABLE)
    assert drawn["series"] == [
        {"name": "东港区", "values": [1.5, None]},
        {"name": "西岭区", "values": [0.0, None]},
    ]
    assert drawn["labels"] == ["2026-03-01", "2026-03-02"]


def test_the_sheet_leaves_the_cell_empty() -> None:
    sheet = day_sheet(TABLE, ["甲"])
    assert [list(row) for row in sheet.rows] == [[date(2026, 3, 1), 1.5, 0.0], [date(2026, 3, 2), None, None]]
    assert [column.title for column in sheet.columns][1:] == ["东港区 (m³)", "西岭区 (m³)"]
