"""Pages of credit records stand below one address."""

from shuiheng.web.pages.credit.addresses import credit_addresses


def test_every_address_lies_below_credit() -> None:
    found = credit_addresses()
    assert len({each.name for each in found}) == len(found)
    assert all(str(each.pattern).startswith("credit/") for each in found)
