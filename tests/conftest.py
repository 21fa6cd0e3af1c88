"""What is left out is said; under CI=true nothing may be."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

NIGHTLY = os.environ.get("SHUIHENG_NIGHTLY") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the nightly tests unless they were asked for; that is not leaving out."""
    if NIGHTLY:
        return
    kept = [item for item in items if item.get_closest_marker("nightly") is None]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


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
