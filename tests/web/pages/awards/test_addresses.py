"""Each page of awards has one address."""

from __future__ import annotations

from shuiheng.web.pages.awards.addresses import award_addresses


def test_names_and_addresses_are_each_there_once() -> None:
    found = award_addresses()
    assert len({each.name for each in found}) == len({str(each.pattern) for each in found}) == len(found)
