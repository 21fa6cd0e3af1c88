"""Pages for anybody stand below one address."""

from shuiheng.web.pages.public.addresses import public_addresses


def test_every_address_lies_below_public() -> None:
    found = public_addresses()
    assert len({each.name for each in found}) == len(found)
    assert all(str(each.pattern).startswith("public/") for each in found)
