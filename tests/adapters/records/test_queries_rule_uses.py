"""What was computed with a rule is found by its citations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from access.rows import MOMENT
from office import make_account, the_office
from services.gates.made import a_project, a_user
from shuiheng.adapters.records.models import (
    Account,
    AllowanceRound,
    ChargeRun,
    GateRecord,
    PlannedAllowance,
    Role,
    UseWarning,
)
from shuiheng.adapters.records.queries_rule_uses import RuleUse, uses_of_rule
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
RULE = "gates/reclaimed_facility"
CITED = [{"rule": RULE, "area": "3710"}]
OTHERS: list[Any] = [{"rule": f"{RULE}_other"}, "x", None]


@pytest.fixture
def officer() -> Account:
    """A clerk of the office."""
    return make_account("li", Role.OFFICE_CLERK)


def _used(officer: Account) -> list[RuleUse]:
    return list(uses_of_rule(sight(officer, Action.RULES_LOOK), the_office().place, RULE))


def test_a_rule_is_used_where_a_run_or_round_cites_it(officer: Account) -> None:
    city = the_office().place
    made: dict[str, Any] = {"place": city, "kind": "over_plan", "made_by": officer, "made_at": MOMENT}
    days = {"first": date(2025, 3, 1), "last": date(2025, 3, 31)}
    cited = ChargeRun.objects.create(**made, **days, title="三月", rules=CITED)
    ChargeRun.objects.create(**made, **days, rules=OTHERS)
    opened: dict[str, Any] = {"place": city, "authority": the_office(), "opened_by": officer}
    round_ = AllowanceRound.objects.create(**opened, year=2026, opened_at=MOMENT, rules=CITED)
    AllowanceRound.objects.create(**opened, year=2027, opened_at=MOMENT, rules=OTHERS)
    assert _used(officer) == [
        RuleUse(kind="allowance_round", key=round_.pk, year=2026),
        RuleUse(kind="charge_run", key=cited.pk, title="三月", year=2025),
    ]


def test_outcomes_of_gates_and_warnings_are_counted_by_year(officer: Account) -> None:
    project = a_project(officer)
    made = {"project": project, "outcome": "passed", "computed": "passed", "decided_by": officer}
    for gate, rules in (("reclaimed_facility", CITED), ("rain_facility", OTHERS)):
        GateRecord.objects.create(**made, gate=gate, rules=rules, decided_at=MOMENT)
    round_ = AllowanceRound.objects.create(
        place=project.place, authority=the_office(), year=2026, opened_by=officer, opened_at=MOMENT
    )
    allowance = PlannedAllowance.objects.create(round=round_, user=a_user(officer))
    for month, rules in ((1, CITED), (2, CITED), (3, OTHERS)):
        UseWarning.objects.create(
            allowance=allowance,
            first=date(2026, month, 1),
            last=date(2026, month, 28),
            level="near",
            used_m3=Decimal(1),
            limit_m3=Decimal(1),
            rules=rules,
            raised_at=MOMENT,
        )
    assert _used(officer) == [
        RuleUse(kind="warning", year=2026, count=2),
        RuleUse(kind="gate", title="reclaimed_facility", year=MOMENT.year, count=1),
    ]
