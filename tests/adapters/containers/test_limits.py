from __future__ import annotations

from shuiheng.adapters.containers.limits import MIB, ArchiveLimits
from shuiheng.adapters.documents.limits import ReadingLimits


def test_the_limits_of_documents_are_limits_of_archives() -> None:
    limits: ArchiveLimits = ReadingLimits()
    assert limits.unpacked_bytes >= MIB and limits.part_count > 0 and limits.expansion > 1
