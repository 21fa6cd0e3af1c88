"""Every address of runs and batches has its row in the table of rights, and stands once."""

from __future__ import annotations

from shuiheng.adapters.rulebook import route_rules
from shuiheng.web.pages.cases.many_addresses import many_addresses


def test_every_address_has_a_right_and_stands_once() -> None:
    found = many_addresses()
    assert {each.name for each in found} <= set(route_rules())
    assert len({str(each.pattern) for each in found}) == len(found)
