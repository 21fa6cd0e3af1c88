"""Addresses of the rulebook and of norms."""

from __future__ import annotations

from shuiheng.web.pages.rules.routes import rule_routes


def test_every_address_has_a_name_of_its_own() -> None:
    names = [each.name for each in rule_routes()]
    assert len(set(names)) == len(names) > 30
    assert all(str(each.pattern).startswith(("rules/", "norms/")) for each in rule_routes())
