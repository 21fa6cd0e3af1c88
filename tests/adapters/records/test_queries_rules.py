"""What was computed with a rule is found by its citations."""

from __future__ import annotations

from datetime import date

import pytest

from access.rows import MOMENT
from office import make_account, the_office
from shuiheng.adapters.records.models import Account, ChargeRun, LocalRule, Role, RuleCheck
from shuiheng.adapters.records.queries_rules import (
    checks_in_sight,
    proposal_in_sight,
    proposals_of,
    uses_of_rule,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    """A clerk of the office."""
    return make_account("li", Role.OFFICE_CLERK)


def test_a_rule_is_used_where_a_run_cites_it(officer: Account) -> None:
    city = the_office().place
    made = {"place": city, "kind": "over_plan", "made_by": officer, "made_at": MOMENT}
    days = {"first": date(2025, 3, 1), "last": date(2025, 3, 31)}
    cited = ChargeRun.objects.create(**made, **days, title="三月", rules=[{"rule": "charges/late_fee"}])
    ChargeRun.objects.create(**made, **days, rules=[{"rule": "charges/late_fee_other"}, "x", None])
    found = uses_of_rule(sight(officer, Action.RULES_LOOK), city, "charges/late_fee")
    assert [(each.kind, each.key, each.year) for each in found] == [("charge_run", cited.pk, 2025)]


def test_proposals_and_checks_are_those_of_the_city_and_rule(officer: Account) -> None:
    city, seen = the_office().place, sight(officer, Action.RULES_LOOK)
    made = {"place": city, "valid_from": date(2026, 1, 1), "value": "5", "clause": "第一条", "reason": "x"}
    rows = [
        LocalRule.objects.create(**made, rule=rule, state=state, proposed_by=officer, proposed_at=MOMENT)
        for rule, state in (("permits/acceptance_days", "proposed"), ("permits/decision_days", "rejected"))
    ]
    assert [row.pk for row in proposals_of(seen, city)] == [rows[1].pk, rows[0].pk]
    assert [row.pk for row in proposals_of(seen, city, rule=rows[0].rule)] == [rows[0].pk]
    assert [row.pk for row in proposals_of(seen, city, state="rejected")] == [rows[1].pk]
    assert proposal_in_sight(seen, rows[0].pk) == rows[0] and proposal_in_sight(seen, 9_000) is None
    check = RuleCheck.objects.create(
        place=city,
        rule=rows[0].rule,
        valid_from=date(2026, 1, 1),
        value_hash="0" * 64,
        checked_by=officer,
        checked_at=MOMENT,
    )
    assert [row.pk for row in checks_in_sight(seen, city, rows[0].rule)] == [check.pk]
    assert list(checks_in_sight(seen, city, rows[1].rule)) == []
