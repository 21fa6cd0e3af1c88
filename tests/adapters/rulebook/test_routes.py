"""The rows of the addresses load only in their form."""

from __future__ import annotations

import pytest

from shuiheng.adapters.rulebook import RulebookError, route_rules
from shuiheng.adapters.rulebook.routes import ANYBODY, _rule
from shuiheng.adapters.rulebook.strict_yaml import Entry


def _entry(fields: dict[str, object]) -> Entry:
    return Entry(fields, file="access/routes.yaml", line=1, lines={})


def test_a_row_says_right_methods_and_blanks() -> None:
    rule = _rule(_entry({"needs": "plans.look", "methods": ["GET"], "blanks": {"key": "Job"}}))
    assert (rule.needs, rule.methods, dict(rule.blanks)) == ("plans.look", {"GET"}, {"key": "Job"})


@pytest.mark.parametrize(
    "fields",
    [
        {"needs": "plans.eat", "methods": ["GET"]},
        {"needs": "plans.look", "methods": ["FETCH"]},
        {"needs": "plans.look", "methods": []},
        {"needs": "plans.look", "methods": ["GET"], "more": 1},
        {"methods": ["GET"]},
    ],
)
def test_a_row_of_another_form_does_not_load(fields: dict[str, object]) -> None:
    with pytest.raises(RulebookError):
        _rule(_entry(fields))


def test_only_the_way_in_and_public_pages_are_open_to_anybody() -> None:
    signing_in = ("login", "logout", "set_language", "calendar_feed", "guest", "api.openapi-json", "health")
    way_in = (*signing_in, "public_", "form_worker", "hall", "bind_hall")
    open_rows = {name for name, rule in route_rules().items() if rule.needs == ANYBODY}
    assert all(name.startswith(way_in) for name in open_rows), open_rows
