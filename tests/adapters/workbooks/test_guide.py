from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from adapters.workbooks.making import FORM, form_with


def test_the_instructions_say_what_each_column_wants_and_every_rule() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(form_with([])))
    rows = book.get_sheet_by_name("填表说明").to_python()
    said = {str(row[0]): row for row in rows}
    assert rows[0][0] == "节水工程进展表（第 3 版）"
    assert all(column.zh in said for column in FORM.columns)
    assert said["实际节水量"][1:3] == ["万m³", "是"]
    assert said["实际节水量"][4] == "不小于 0，不大于 5000，最多 4 位小数"
    assert said["完成日期"][4] == "不早于 2025-01-01，不晚于 2030-12-31"
    assert said["漏损率"][4] == "不小于 0，不大于 100，最多 2 位小数"
    assert "逻辑关系：实际节水量 <= 计划节水量。" in said
    assert "逻辑关系：进展为滞后时，必须填写存在问题。" in said
