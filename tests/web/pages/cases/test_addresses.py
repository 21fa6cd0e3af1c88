"""Pages of cases stand below one address."""

from __future__ import annotations

from shuiheng.web.pages.cases.addresses import case_addresses


def test_every_address_lies_below_cases() -> None:
    found = case_addresses()
    assert len({each.name for each in found}) == len(found)
    assert all(str(each.pattern).startswith("cases/") for each in found)
