"""Rows as a table: a pandas data frame where pandas is installed, else an Arrow table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pyarrow as pa

Table = Any
PANDAS = "pandas"


def table_of(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return rows as a data frame, or as an Arrow table where pandas is not installed.

    Every row has the same columns. What is not known is a null, and never 0.
    """
    found = [{name: _cell(value) for name, value in row.items()} for row in rows]
    if find_spec(PANDAS) is not None:
        return import_module(PANDAS).DataFrame(found)
    return pa.Table.from_pylist(found)


def _cell(value: object) -> object:
    """Return a value in the form of a table; days are text as the interface sends them."""
    return value.isoformat() if isinstance(value, date) else value
