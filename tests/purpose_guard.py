"""While a test of a room of single users runs, the database gives it no statistics (T47)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from shuiheng.adapters.records.models import Statistic

ROOMS = frozenset(
    (
        "allowances",
        "awards",
        "cases",
        "charges",
        "credit",
        "gates",
        "inspections",
        "readings",
        "use",
        "warnings",
    )
)
"""Folders of tests/services whose services decide about single users."""


class StatisticsReadError(AssertionError):
    """A room of single users asked for statistics."""


def refuse_statistics(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    """Run a statement, unless it reads the table of statistics."""
    words = sql.split(None, 1)
    if words and words[0].upper() == "SELECT" and f'"{Statistic._meta.db_table}"' in sql:
        raise StatisticsReadError(sql)
    return execute(sql, *rest)


@pytest.fixture(autouse=True)
def _no_statistics_for_single_users(request: pytest.FixtureRequest) -> Iterator[None]:
    with ExitStack() as guards:
        if Path(str(request.node.path)).parent.name in ROOMS:
            for connection in connections.all():
                guards.enter_context(connection.execute_wrapper(refuse_statistics))
        yield
