"""Rows become a data frame where pandas is installed, else an Arrow table."""

from __future__ import annotations

import sys
from datetime import date
from types import ModuleType

import pytest

from shuiheng.notebook import table

ROWS = [{"day": date(2026, 1, 1), "value": 1.5}, {"day": None, "value": None}]
SHOWN = [{"day": "2026-01-01", "value": 1.5}, {"day": None, "value": None}]


def test_without_pandas_it_is_an_arrow_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "find_spec", lambda name: None)
    assert table.table_of(ROWS).to_pylist() == SHOWN
    assert table.table_of([]).num_rows == 0


def test_with_pandas_it_is_a_data_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = ModuleType("pandas")
    pandas.DataFrame = list  # type: ignore[attr-defined]  # stands for the class of pandas
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    monkeypatch.setattr(table, "find_spec", lambda name: pandas)
    assert table.table_of(ROWS) == SHOWN
