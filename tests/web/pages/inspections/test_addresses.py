"""Every page of random inspections has an address below one of two places."""

from __future__ import annotations

from shuiheng.web.pages.inspections.addresses import inspection_addresses


def test_addresses_lie_below_inspections_or_public_and_have_names_of_their_own() -> None:
    found = inspection_addresses()
    heads = ("inspections/", "public/")
    assert all(str(each.pattern).startswith(heads) for each in found)
    assert len({each.name for each in found}) == len(found)
