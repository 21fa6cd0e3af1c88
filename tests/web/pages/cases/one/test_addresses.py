"""Every address of the page of one case stands once."""

from __future__ import annotations

from shuiheng.web.pages.cases.one.addresses import one_case_addresses


def test_addresses_are_told_apart() -> None:
    routes = [str(each.pattern) for each in one_case_addresses()]
    names = [each.name for each in one_case_addresses()]
    assert len(set(routes)) == len(set(names)) == len(names)
    assert "cases/<int:key>/" in routes
