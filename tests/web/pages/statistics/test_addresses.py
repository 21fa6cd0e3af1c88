"""No two addresses of statistics have the same name."""

from __future__ import annotations

from shuiheng.web.pages.statistics.addresses import statistic_addresses


def test_every_address_has_a_name_of_its_own() -> None:
    names = [each.name for each in statistic_addresses()]
    assert len(names) == len(set(names)) and all(names)
