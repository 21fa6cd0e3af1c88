"""Every address of charges leads to a page of its own name."""

from __future__ import annotations

from django.urls import resolve, reverse

from shuiheng.web.pages.charges.addresses import charge_addresses


def test_every_address_is_found_by_its_name_and_leads_to_its_page() -> None:
    found = charge_addresses()
    assert len({each.name for each in found}) == len(found) > 20
    for each in found:
        keys = {name: "x" if name in ("ending", "verb") else 1 for name in each.pattern.converters}
        match = resolve(reverse(each.name or "", kwargs=keys))
        assert match.func is each.callback
