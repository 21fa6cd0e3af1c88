"""What is left out is said; under CI=true nothing may be."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from places import ROOT
from tables import fill, keep_tables

NIGHTLY = os.environ.get("SHUIHENG_NIGHTLY") == "1"
ON_POSTGRESQL = os.environ.get("SHUIHENG_DATABASE_URL", "").startswith("postgres")
SLOW_IS_NO_FAULT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # others work here too
settings.register_profile("each_change", derandomize=True, **SLOW_IS_NO_FAULT)  # red or green, never either
settings.register_profile("nightly", max_examples=1000, **SLOW_IS_NO_FAULT)
settings.load_profile("nightly" if NIGHTLY else "each_change")
FIRST = ("journeys", "crash", "demo_city", "access")  # the longest first; none of their groups can be cut


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this run is not for, and put what is long first; leaving out so is not skipping."""
    kept = [item for item in items if _is_for_this_run(item)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not _is_for_this_run(item)])
        items[:] = kept
    if hasattr(config, "workerinput"):
        _put_long_first(items)


def _is_for_this_run(item: pytest.Item) -> bool:
    """Return whether a test shows something here: nightly when asked for, else what the database decides."""
    if item.get_closest_marker("nightly") is not None and not NIGHTLY:
        return False
    return not ON_POSTGRESQL or item.get_closest_marker("any_database") is None


def _put_long_first(items: list[pytest.Item]) -> None:
    """Begin with the files that can be spread least: one of them at the end would leave a worker idle.

    The workers take a file at a time (`--dist loadfile`). Groups of pytest-xdist 3.8 are lost under
    pytest 9.2, which no longer lets it rename a test.
    """
    weights = [FIRST.index(room) if (room := _room(item)) in FIRST else len(FIRST) for item in items]
    order = sorted(range(len(items)), key=weights.__getitem__)
    items[:] = [items[index] for index in order]


def _room(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT / "tests").parts[0]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each reason for which tests were left out, and how many changes were watched."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[-1]) for report in skipped)
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"left out: {count} tests: {reason.removeprefix('Skipped: ')}")
    watching = sys.modules.get("watching")
    if watching is not None and watching.TOTALS["tests"]:
        counts = watching.TOTALS
        terminalreporter.write_line(
            f"watched: {counts['tests']} tests, {counts['changes']} changed rows, {counts['events']} events"
        )
    if skipped and os.environ.get("CI") == "true":
        terminalreporter.write_line("Under CI=true nothing may be left out: the run fails.", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a CI run in which a test was left out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and exitstatus == 0 and reporter and reporter.stats.get("skipped"):
        session.exitstatus = 1


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Copy the tables that were made before, where there are any, into the database of the tests."""
    connection_created.connect(fill)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep the tables that were made."""
    connection_created.disconnect(fill)
    with django_db_blocker.unblock():
        keep_tables()


@pytest.fixture(autouse=True, scope="session")
def _a_test_keeps_its_connection() -> Iterator[None]:
    """Keep the connection in which a test will roll back, when an answer of the site ends."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside_of_tests(connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            close(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside_of_tests)
        yield
