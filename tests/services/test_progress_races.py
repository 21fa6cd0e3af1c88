"""Two people write to the same report at once: every pair of steps, nothing lost (T38)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import product

import pytest
from django.db import connection, connections

from services.reporting import Reporting, make_reporting
from shuiheng.adapters.records.models import Event, Progress, ProgressStep
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_progress import file_progress, withdraw_filing
from shuiheng.services.freeze_period import freeze_period
from shuiheng.services.progress_content import ProgressContent
from shuiheng.services.review_progress import (
    accept_progress,
    check_progress,
    return_progress,
    review_progress,
)
from shuiheng.services.save_progress import save_progress

Write = Callable[[Reporting, Progress], object]


def _save(text: str) -> Write:
    def write(city: Reporting, row: Progress) -> object:
        return save_progress(
            city.clerk if text == "甲" else city.colleague,
            ProgressContent(done_text=text),
            period=city.period.pk,
            task=city.task.pk,
            organisation=city.bureau.pk,
            revision=row.revision,
        )

    return write


DRAFT_WRITES: dict[str, Write] = {
    "save": _save("甲"),
    "other_save": _save("乙"),
    "file": lambda city, row: file_progress(city.clerk, row.pk, revision=row.revision),
    "other_file": lambda city, row: file_progress(city.colleague, row.pk, revision=row.revision),
    "freeze": lambda city, row: freeze_period(city.leader, city.period.pk),
}
FILED_WRITES: dict[str, Write] = {
    "withdraw": lambda city, row: withdraw_filing(city.colleague, row.pk, revision=row.revision),
    "check": lambda city, row: check_progress(city.checker, row.pk, revision=row.revision),
    "review": lambda city, row: review_progress(city.officer, row.pk, revision=row.revision),
    "other_review": lambda city, row: review_progress(city.reviewer, row.pk, revision=row.revision),
    "return": lambda city, row: return_progress(city.officer, row.pk, reason="甲", revision=row.revision),
    "other_return": lambda city, row: return_progress(
        city.reviewer, row.pk, reason="乙", revision=row.revision
    ),
    "save": _save("甲"),
}
REVIEWED_WRITES: dict[str, Write] = {
    "accept": lambda city, row: accept_progress(city.reviewer, row.pk, revision=row.revision),
    "other_accept": lambda city, row: accept_progress(city.leader, row.pk, revision=row.revision),
    "return": lambda city, row: return_progress(city.officer, row.pk, reason="甲", revision=row.revision),
    "freeze": lambda city, row: freeze_period(city.leader, city.period.pk),
}


def _pairs() -> list[tuple[str, str, str]]:
    of_state = {"draft": DRAFT_WRITES, "filed": FILED_WRITES, "reviewed": REVIEWED_WRITES}
    return [
        (state, first, second)
        for state, writes in of_state.items()
        for first, second in product(writes, writes)
        if first != second
    ]


def _prepared(city: Reporting, state: str) -> Progress:
    row = city.save(text="开始")
    if state in ("filed", "reviewed"):
        row = file_progress(city.clerk, row.pk)
    if state == "reviewed":
        row = review_progress(city.officer, row.pk)
    return Progress.objects.get(pk=row.pk)


def _writes(state: str) -> dict[str, Write]:
    return {"draft": DRAFT_WRITES, "filed": FILED_WRITES, "reviewed": REVIEWED_WRITES}[state]


def _tried(act: Write, city: Reporting, row: Progress) -> str:
    try:
        act(city, row)
    except ServiceError as error:
        return error.code
    return ""


def _hold_together(row: Progress, taken: int) -> None:
    """Each change of the report has one revision, one step and one event; the last step is what stands."""
    now = Progress.objects.get(pk=row.pk)
    steps = list(ProgressStep.objects.filter(progress=row).order_by("revision"))
    assert [step.revision for step in steps] == list(range(1, now.revision + 1))
    assert steps[-1].to_state == now.state
    assert steps[-1].content["done_text"] == now.done_text
    assert now.revision <= row.revision + taken
    assert Event.objects.filter(subject=f"progress:{row.pk}").count() == now.revision


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "first", "second"), _pairs())
def test_of_two_writes_on_one_revision_the_second_is_refused(state: str, first: str, second: str) -> None:
    city = make_reporting()
    row = _prepared(city, state)
    writes = _writes(state)
    outcomes = [_tried(writes[name], city, row) for name in (first, second)]
    now = Progress.objects.get(pk=row.pk)
    taken = sum(code == "" for name, code in zip((first, second), outcomes, strict=True) if name != "freeze")
    is_frozen = now.state == "frozen"
    assert taken <= 1
    assert now.revision - row.revision == taken + is_frozen
    _hold_together(row, taken + is_frozen)


# A test with real threads empties the tables behind it. SQLite refuses that, because history is not
# deleted there; it has one writer at a time anyway, so that the pairs above are all that can happen.
if connection.vendor == "postgresql":

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("state", ["draft", "filed", "reviewed"])
    def test_writes_that_meet_in_time_lose_nothing_and_do_not_block_each_other(state: str) -> None:
        city = make_reporting()
        row = _prepared(city, state)
        writes = {name: act for name, act in _writes(state).items() if name != "freeze"}
        outcomes = _at_once(city, row, writes)
        assert sorted(outcomes) == sorted(writes)
        taken = sum(code == "" for code in outcomes.values())
        assert taken == 1
        assert set(outcomes.values()) <= {"", "progress.changed_meanwhile", "progress.step_refused"}
        _hold_together(row, taken)


def _at_once(city: Reporting, row: Progress, writes: dict[str, Write]) -> dict[str, str]:
    """Let every write begin at the same moment, each in a thread of its own."""
    outcomes: dict[str, str] = {}
    barrier = threading.Barrier(len(writes))

    def run(name: str, act: Write) -> None:
        try:
            barrier.wait(timeout=20)
            outcomes[name] = _tried(act, city, row)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in writes.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes
