"""Tells on SQLite of every row that a statement really changes, through triggers of the connection alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from telling import TOLD_BY

Seen = Callable[..., None]
FUNCTION = "shuiheng_row_changed"
RECORDS = "records_"


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns, or ways to columns, by which events name the rows of a table."""
    return tuple(dict.fromkeys(way.partition(":")[2] for way in TOLD_BY.get(table, ())))


def watch_rows(seen: Seen) -> None:
    """Call `seen(table, verb, *values of columns_of(table))` for each changed row from now on.

    The triggers belong to this connection and end with it; call this outside of a transaction.
    """
    raw = connection.connection
    raw.create_function(FUNCTION, -1, seen)
    for model in _tables():
        for statement in _triggers(model):
            raw.execute(statement)


@cache
def _tables() -> tuple[type[models.Model], ...]:
    return tuple(apps.get_app_config("records").get_models(include_auto_created=True))


@cache
def _triggers(model: type[models.Model]) -> tuple[str, ...]:
    full, table = model._meta.db_table, model._meta.db_table.removeprefix(RECORDS)
    fields: tuple[Any, ...] = tuple(model._meta.local_concrete_fields)
    is_other = " OR ".join(
        f'OLD."{field.column}" IS NOT NEW."{field.column}"'
        for field in fields
        if not getattr(field, "auto_now", False)
    )
    return tuple(
        f"CREATE TEMP TRIGGER IF NOT EXISTS watch_{table}_{verb} AFTER {verb} ON main.{full} FOR EACH ROW"
        f"{f' WHEN {is_other}' if verb == 'UPDATE' else ''}"
        f" BEGIN SELECT {FUNCTION}({', '.join(_values(table, verb))}); END"
        for verb in ("INSERT", "UPDATE", "DELETE")
    )


def _values(table: str, verb: str) -> list[str]:
    row = "OLD" if verb == "DELETE" else "NEW"
    return [f"'{table}'", f"'{verb}'", *(_expression(row, way) for way in columns_of(table))]


def _expression(row: str, way: str) -> str:
    first, *rest = way.split(".")
    value = f'{row}."{first}"'
    for table, column in zip(rest[::2], rest[1::2], strict=True):
        value = " ".join(("(SELECT", column, "FROM", RECORDS + table, "WHERE id =", value, ")"))
    return value
