"""Pages of a meter stand below readings."""

from shuiheng.web.pages.meters.addresses import meter_addresses


def test_every_address_lies_below_readings() -> None:
    found = meter_addresses()
    assert len({each.name for each in found}) == len(found)
    assert all(str(each.pattern).startswith("readings/") for each in found)
