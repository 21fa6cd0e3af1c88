"""List pages as tables."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_items import ItemFilter
from shuiheng.adapters.records.sight import Sight
from shuiheng.web.pages.exports.tables import SHEETS, filled_sheet, filter_words


@pytest.mark.parametrize("table", SHEETS)
def test_every_row_is_as_long_as_the_head(published: PlanVersion, table: str, seen: Sight) -> None:
    _, columns, rows = SHEETS[table](seen, ItemFilter())
    assert rows
    assert {len(row) for row in rows} == {len(columns)}


def test_the_notes_say_filter_time_person_and_number_of_rows(published: PlanVersion, seen: Sight) -> None:
    sheet = filled_sheet(
        seen, "tasks", ItemFilter(words="灌区"), user="李工", at="2026-05-01 10:00", plan_title=""
    )
    assert "筛选条件：文字 灌区" in sheet.notes
    assert f"行数：{len(sheet.rows)}" in sheet.notes
    assert any("李工" in note for note in sheet.notes)


def test_no_filter_is_said_to_be_all() -> None:
    assert filter_words(ItemFilter(), "") == "全部"
