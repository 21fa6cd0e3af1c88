"""Pages of warnings stand below one address."""

from shuiheng.web.pages.warnings.addresses import warning_addresses


def test_every_address_lies_below_warnings() -> None:
    found = warning_addresses()
    assert len({each.name for each in found}) == len(found)
    assert all(str(each.pattern).startswith("warnings/") for each in found)
