from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.workbooks.forms import WorkbookForm
from shuiheng.adapters.workbooks.table import Cell, CellFault, RawSheet
from shuiheng.adapters.workbooks.wire import cell_from_wire, cell_to_wire, sheet_to_wire, table_from_wire

CELLS = st.one_of(
    st.none(),
    st.text(max_size=9),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.builds(CellFault, st.text(max_size=5)),
)


@given(CELLS)
def test_a_cell_comes_through_the_pipe_as_it_was(cell: Cell) -> None:
    back = cell_from_wire(json.loads(json.dumps(cell_to_wire(cell))))
    assert (back, type(back)) == (cell, type(cell))


def test_a_sheet_comes_through_the_pipe_as_it_was() -> None:
    sheet = RawSheet(
        name="表一",
        is_visible=False,
        rows=((None, "甲", 1.5), (), (True, date(2026, 5, 1), datetime(2026, 5, 1, 9))),  # noqa: DTZ001  a cell has no zone
        merged=((0, 0, 1, 2),),
        percents=frozenset({(2, 1)}),
    )
    told = json.loads(json.dumps({"sheets": [sheet_to_wire(sheet)], "is_1904": True}))
    table = table_from_wire(told, name="a.xlsx", form=WorkbookForm.XLSX, content_key="k")
    assert table.sheets == (sheet,) and table.is_1904


@pytest.mark.parametrize("wire", [["x", "1"], ["d", "never"], ["d"], {}])
def test_nonsense_on_the_pipe_is_an_error(wire: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        cell_from_wire(wire)
