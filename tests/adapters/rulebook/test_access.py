"""Roles and what they may do, as the rulebook states them."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Role
from shuiheng.adapters.rulebook import Reach, RulebookError, role_rules
from shuiheng.adapters.rulebook.access import _rule
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.services.permission import Action

RULES = role_rules()
BUSINESS_OF_ADMINISTRATION = {"organisations", "calendar", "accounts", "rights", "settings", "jobs", "events"}


def test_every_role_of_the_tables_has_its_rule_and_no_other_is_written() -> None:
    assert set(RULES) == set(Role.values)


def test_every_action_is_granted_to_some_role() -> None:
    granted = {action for rule in RULES.values() for action in rule.reaches}
    assert granted == {action.value for action in Action}


def test_administrators_hold_nothing_of_the_business_and_reach_the_installation_only() -> None:
    for role, rule in RULES.items():
        if rule.group != "administration":
            assert Reach.SYSTEM not in rule.reaches.values(), role
            continue
        assert {action.split(".")[0] for action in rule.reaches} <= BUSINESS_OF_ADMINISTRATION, role
        assert set(rule.reaches.values()) == {Reach.SYSTEM}, role


def test_no_administrator_holds_what_another_checks() -> None:
    system, security, audit = (
        RULES[role].reaches.keys()
        for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)
    )
    assert Action.ACCOUNTS_KEEP in system and Action.ACCOUNTS_KEEP not in security | audit
    assert Action.RIGHTS_GRANT in security and Action.RIGHTS_GRANT not in system | audit
    assert Action.EVENTS_LOOK_ADMINISTRATION in audit
    assert Action.EVENTS_LOOK_ADMINISTRATION not in system | security
    assert Action.EVENTS_LOOK_AUDIT in security and Action.EVENTS_LOOK_AUDIT not in audit


def test_whoever_files_in_a_unit_does_not_accept_and_whoever_only_reads_changes_nothing() -> None:
    for role, rule in RULES.items():
        assert not {"progress.file", "progress.accept"} <= rule.reaches.keys(), role
    looks = (".look", ".export")
    for role in (Role.READER, Role.AUDITOR):
        assert all(action.endswith(looks) for action in RULES[role].reaches), role


def test_every_role_has_a_name_in_both_languages() -> None:
    assert all(rule.name["zh"] and rule.name["en"] for rule in RULES.values())


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"group": "nobility"}, "is no group"),
        ({"may": {"plans.look": "world"}}, "is no reach"),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_rule_of_another_form_does_not_load(fields: dict[str, object], says: str) -> None:
    whole = {"zh": "查阅", "en": "Reader", "group": "business", "may": {"plans.look": "city"}}
    with pytest.raises(RulebookError, match=says):
        _rule(Entry(whole | fields, file="access/roles.yaml", line=1, lines={}))
