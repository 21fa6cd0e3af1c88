"""Every address of progress has a page of its own."""

from __future__ import annotations

from shuiheng.web.pages.progress.addresses import progress_addresses


def test_addresses_and_names_differ() -> None:
    found = progress_addresses()
    assert len({str(each.pattern) for each in found}) == len({each.name for each in found}) == len(found)
