"""A proposed value is held beside what holds without it, and against the places above."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.rules.proposals import a_ladder, accepted, the_city
from shuiheng.adapters.records.models import Account, LocalRule
from shuiheng.charges.readers import ladder_of
from shuiheng.rules.parameter import Asked
from shuiheng.services.rules.local_rules import propose_rule
from shuiheng.services.rules.rule_impact import impact_of, rulebook_with

pytestmark = pytest.mark.django_db
DAYS = "permits/acceptance_days"


def test_what_held_before_is_what_holds_without_the_value(officer: Account) -> None:
    first = accepted(officer)
    later = propose_rule(officer, the_city().pk, a_ladder(valid_from=date(2027, 1, 1)))
    impact = impact_of(later)
    assert impact is not None and impact.before is not None and impact.value is not None
    assert (impact.before.valid_from, impact.value.valid_from) == (first.valid_from, later.valid_from)
    without = impact_of(first)
    assert without is not None and without.before is None


@pytest.mark.parametrize(("days", "is_looser"), [("4", False), ("5", False), ("6", True)])
def test_a_looser_value_is_told_before_it_is_accepted(officer: Account, days: str, is_looser: bool) -> None:
    row = propose_rule(officer, the_city().pk, a_ladder(rule=DAYS, value=days))
    impact = impact_of(row)
    assert impact is not None and bool(impact.found) is is_looser


def test_a_rulebook_can_be_had_with_a_proposed_value(officer: Account) -> None:
    row = propose_rule(officer, the_city().pk, a_ladder())
    held = rulebook_with(row).value(row.rule, Asked(area="9901", on=date(2026, 2, 1)))
    assert ladder_of(held).bands[0].multiple == Decimal("0.5")


def test_a_value_that_can_no_longer_be_read_is_said_to_be_so(officer: Account) -> None:
    row = propose_rule(officer, the_city().pk, a_ladder())
    LocalRule.objects.filter(pk=row.pk).update(value={"poetry": "1"})
    row.refresh_from_db()
    impact = impact_of(row)
    assert impact is not None and (impact.value, impact.before) == (None, None)
    row.rule = "charges/poetry"
    assert impact_of(row) is None
