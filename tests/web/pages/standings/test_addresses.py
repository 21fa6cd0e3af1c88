"""Every page of standings has an address of its own."""

from __future__ import annotations

from shuiheng.web.pages.standings.addresses import standing_addresses


def test_addresses_have_names_of_their_own() -> None:
    names = [each.name for each in standing_addresses()]
    assert len(set(names)) == len(names) == 4
    assert {"standings", "standing"} <= set(names)
