"""Where a rule is used is said in words, with a way there for whoever may go."""

from __future__ import annotations

import pytest

from office import make_account
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.records.queries_rule_uses import RuleUse
from shuiheng.web.pages.rules.used import gates_that_ask, shown_uses

pytestmark = pytest.mark.django_db


def test_a_run_leads_to_its_page_for_those_who_may_open_it() -> None:
    run = RuleUse(kind="charge_run", key=7, title="三月", year=2026)
    (open_,) = shown_uses(make_account("li", Role.OFFICE_CLERK), [run])
    (shut,) = shown_uses(make_account("sys", Role.SYSTEM_ADMINISTRATOR), [run])
    assert (open_.kind, open_.title, bool(open_.address), shut.address) == ("费用核算", "三月", True, "")


def test_a_gate_is_named_by_its_name() -> None:
    gate = RuleUse(kind="gate", title="rain_facility", year=2026, count=3)
    (shown,) = shown_uses(make_account("li", Role.OFFICE_CLERK), [gate])
    assert (shown.title, shown.count, shown.address) == ("配套雨水收集利用设施", 3, "")


def test_only_the_gates_that_ask_for_a_rule_are_named() -> None:
    assert gates_that_ask("permits/renewal_days_before") == ["在期满前规定天数内提出延续申请"]
    assert gates_that_ask("charges/late_fee") == []
