from __future__ import annotations

from shuiheng.adapters.containers.limits import ArchiveLimits
from shuiheng.adapters.workbooks import WorkbookLimits


def test_the_limits_of_workbooks_are_limits_of_archives_and_hold_a_large_register() -> None:
    limits: ArchiveLimits = WorkbookLimits()
    assert limits.part_count == 200
    assert WorkbookLimits().rows >= 100_000 and WorkbookLimits().marked_rows < WorkbookLimits().rows
