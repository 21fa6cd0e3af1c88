"""Pages of penalties stand below one address."""

from shuiheng.web.pages.penalties.addresses import penalty_addresses


def test_every_address_lies_below_penalties() -> None:
    found = penalty_addresses()
    assert {each.name for each in found} == {"penalties", "penalties_export"}
    assert all(str(each.pattern).startswith("penalties/") for each in found)
