"""Every page of random inspections has an address below one place."""

from __future__ import annotations

from shuiheng.web.pages.inspections.addresses import inspection_addresses


def test_addresses_lie_below_inspections_and_have_names_of_their_own() -> None:
    found = inspection_addresses()
    assert all(str(each.pattern).startswith("inspections/") for each in found)
    assert len({each.name for each in found}) == len(found)
