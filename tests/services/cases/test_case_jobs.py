"""Both kinds of work on batches are known to the worker."""

from __future__ import annotations

from shuiheng.services.cases.case_batches import OPEN_WORK, TAKE_WORK
from shuiheng.services.cases.case_jobs import WORKS


def test_each_work_has_its_own_hand() -> None:
    assert set(WORKS) == {OPEN_WORK, TAKE_WORK}
    assert len(set(WORKS.values())) == len(WORKS)
