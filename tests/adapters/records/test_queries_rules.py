"""Proposals and checks are found by city and rule."""

from __future__ import annotations

from datetime import date

import pytest

from access.rows import MOMENT
from office import make_account, the_office
from shuiheng.adapters.records.models import Account, LocalRule, Role, RuleCheck
from shuiheng.adapters.records.queries_rules import (
    checks_in_sight,
    proposal_in_sight,
    proposals_of,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    """A clerk of the office."""
    return make_account("li", Role.OFFICE_CLERK)


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
