"""Pages of the office on what is public stand below one address."""

from shuiheng.web.pages.publication.addresses import publication_addresses


def test_every_address_lies_below_one() -> None:
    found = publication_addresses()
    assert len({each.name for each in found}) == len(found)
    assert all(str(each.pattern).startswith("public-progress/") for each in found)
