from __future__ import annotations

from dataclasses import replace

from adapters.workbooks.making import FORM
from shuiheng.adapters.workbooks.cells.parsing import parse_cell
from shuiheng.adapters.workbooks.samples import sample_rows
from shuiheng.kernel.credit_code import credit_code_fault


def test_samples_are_two_and_show_what_a_column_takes() -> None:
    first, second = sample_rows(FORM)
    assert first["state"] != second["state"] and str(first["name"]).startswith("示例")
    assert all(credit_code_fault(str(row["owner"])) is None for row in (first, second))
    assert parse_cell(first["on"], FORM.column("on")) == (first["on"], None)  # type: ignore[arg-type]  # a day is a cell


def test_a_column_may_bring_its_own_samples() -> None:
    column = replace(FORM.column("name"), samples=("甲",))
    rows = sample_rows(replace(FORM, columns=(column,), keys=(), rules=()))
    assert [row["name"] for row in rows] == ["甲", "甲"]
