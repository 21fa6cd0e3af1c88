"""Many counts in one question to the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

NOBODY = "0"


def count_together(asked: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each query has, all asked in one statement.

    Args:
        asked: Each query by a name.

    Returns:
        The number of its rows by the same name.
    """
    if not asked:
        return {}
    counted = [_counted(rows) for rows in asked.values()]
    columns = ", ".join(f"({statement})" for statement, _values in counted)
    values = [value for _statement, given in counted for value in given]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", values)
        found = cursor.fetchone()
    return {name: int(number) for name, number in zip(asked, found, strict=True)}


def _counted(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that counts the rows of a query, and its values."""
    try:
        statement, values = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return NOBODY, ()
    return f"SELECT COUNT(*) FROM ({statement}) counted", tuple(values)  # noqa: S608  of the query compiler
