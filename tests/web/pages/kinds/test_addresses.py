"""Pages of kinds stand below one address."""

from shuiheng.web.pages.kinds.addresses import kind_addresses


def test_every_address_lies_below_kinds() -> None:
    found = kind_addresses()
    assert len({each.name for each in found}) == len(found)
    assert all(str(each.pattern).startswith("kinds/") for each in found)
