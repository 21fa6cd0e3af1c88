"""T47: what was collected as statistics serves statistics only; administration may feed statistics (统计法).

The first test follows every import from the rooms in which single users are given limits, billed, warned,
inspected or judged: no path leads to a module that reads statistics. The others look at the other side: who
reads them at all, that they name no single user, and that a value which rests on a survey says so. At run
time `purpose_guard` stops every test of those rooms that reads the table.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

import pytest
from django.db import connection

from architecture.sources import Module, modules
from purpose_guard import StatisticsReadError, refuse_statistics
from shuiheng.adapters.records.models import Account, Statistic
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import CollectedUnder, FactBook, FactFigure, FactKey

PACKAGE = "shuiheng"
OF_SINGLE_USERS = (
    "services/allowances/",
    "services/awards/",
    "services/cases/",
    "services/charges/",
    "services/credit/",
    "services/gates/",
    "services/inspections/",
    "services/public_reports/",
    "services/readings/",
    "services/use/",
    "services/warnings/",
    "web/pages/allowances/",
    "web/pages/charges/",
    "web/pages/checks/",
    "web/pages/credit/",
    "web/pages/filing/",
    "web/pages/inspections/",
    "web/pages/ledger/",
    "web/pages/meters/",
    "web/pages/warnings/",
)
"""Rooms in which something is decided about a single user, or shown of it."""
TABLE = "Statistic"
DECLARED = ("adapters/records/models/", "services/scope_paths.py")
"""Where the table is made and tied to its city; neither reads a row."""


@cache
def _by_name() -> Mapping[str, Module]:
    return {_dotted(each): each for each in modules()}


def _dotted(module: Module) -> str:
    name = f"{PACKAGE}/{module.name}".removesuffix(".py").removesuffix("/__init__")
    return name.replace("/", ".")


@cache
def _inner_of(name: str) -> tuple[str, ...]:
    """Return the modules of this program that a module imports, walked once."""
    module = _by_name().get(name)
    found = (inner for inner, _ in _imports(module)) if module is not None else ()
    return tuple(dict.fromkeys(inner for inner in found if inner in _by_name()))


def _imports(module: Module) -> Iterator[tuple[str, str]]:
    """Yield the modules that a module imports, with the names it takes from them."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PACKAGE):
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield (inner, "") if inner in _by_name() else (node.module, name.name)
        elif isinstance(node, ast.Import):
            yield from ((name.name, "") for name in node.names if name.name.startswith(PACKAGE))


@cache
def _readers() -> frozenset[str]:
    """Return the modules that name the table, but for those that only make it."""
    return frozenset(
        name
        for name, module in _by_name().items()
        if not module.name.startswith(DECLARED)
        and any(
            (isinstance(node, ast.Attribute) and node.attr == TABLE)
            or (isinstance(node, ast.Name) and node.id == TABLE)
            for node in ast.walk(module.tree)
        )
    )


def _path_to_a_reader(start: str) -> list[str]:
    """Return the imports that lead from a module to one that reads statistics; none where none does."""
    before: dict[str, str] = {start: ""}
    edge = [start]
    while edge:
        name = edge.pop()
        if name in _readers():
            path = [name]
            while before[path[-1]]:
                path.append(before[path[-1]])
            return path[::-1]
        for inner in _inner_of(name):
            if inner not in before:
                before[inner] = name
                edge.append(inner)
    return []


def test_statistics_are_read_by_somebody_at_all() -> None:
    assert f"{PACKAGE}.services.indicators.fact_book" in _readers()
    assert _path_to_a_reader(f"{PACKAGE}.services.indicators.fact_book")


def test_no_room_that_decides_about_single_users_leads_to_statistics() -> None:
    """T47."""
    starts = [name for name, module in _by_name().items() if module.name.startswith(OF_SINGLE_USERS)]
    assert {
        each for each in OF_SINGLE_USERS if not any(_by_name()[n].name.startswith(each) for n in starts)
    } == set()
    assert [path for name in starts if (path := _path_to_a_reader(name))] == []


@pytest.mark.django_db
def test_the_guard_of_their_tests_stops_a_query_for_statistics() -> None:
    with connection.execute_wrapper(refuse_statistics):
        assert not Account.objects.exists()
        with pytest.raises(StatisticsReadError):
            Statistic.objects.exists()


def test_a_statistic_names_no_single_user_or_meter() -> None:
    tied = {field.related_model.__name__ for field in Statistic._meta.get_fields() if field.related_model}
    assert tied == {"Place", "Organisation", "Account"}


@pytest.mark.parametrize("under", list(CollectedUnder))
def test_a_value_that_rests_on_a_survey_says_so(under: CollectedUnder) -> None:
    book = indicator_book()
    figures = {
        FactKey("users_with_plan", 2024): FactFigure(value=Decimal(3), origin="ledger:2024:users_with_plan"),
        FactKey("users_due_plan", 2024): FactFigure(
            value=Decimal(4), origin="statistic:1", collected_under=under
        ),
    }
    found = evaluate(
        book.indicators["allowance_issue_rate"],
        Question(year=2024),
        FactBook(kinds=book.facts, figures=figures),
    )
    assert found.value == 75
    assert found.rests_on_survey is (under is CollectedUnder.SURVEY)
