"""Every address of checks has its row in the table of rights."""

from shuiheng.adapters.rulebook import route_rules
from shuiheng.web.pages.checks.addresses import check_addresses


def test_every_address_has_a_right() -> None:
    assert {each.name for each in check_addresses()} <= set(route_rules())
