"""Allowances are judged by the levels of their own city, and only those that were published."""

from __future__ import annotations

from datetime import date

import pytest

from metered_city import MeteredCity
from shuiheng.adapters.records.models import Account, LocalRule
from shuiheng.services.errors import ServiceError
from shuiheng.services.found_city import found_city
from shuiheng.services.warnings import judge_allowances
from shuiheng.services.warnings.judge_allowances import RULE, judged_allowances, ladder_for
from shuiheng.services.warnings.worker_sight import WorkerSight
from warned import PUBLISHED, WarnedUser, warned_city, warned_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 2)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return warned_city(officer)


def _levels(city: MeteredCity, user: WarnedUser) -> list[str]:
    found = judged_allowances(WorkerSight(), city.place, year=2026, today=TODAY)
    return next(
        [reached.level.id for reached in each.judged.reached]
        for each in found
        if each.allowance == user.allowance.pk
    )


def _own_rule(city: MeteredCity, officer: Account, levels: object) -> None:
    LocalRule.objects.create(
        place=city.place,
        rule=RULE,
        value={"levels": levels},
        valid_from=date(2026, 1, 1),
        state="accepted",
        proposed_by=officer,
        proposed_at=PUBLISHED,
        decided_by=officer,
        decided_at=PUBLISHED,
    )


def test_a_rule_of_the_city_replaces_the_shipped_levels(city: MeteredCity, officer: Account) -> None:
    user = warned_user(city)
    user.uses(date(2025, 1, 1), [50] * 12)
    user.uses(date(2026, 1, 1), [50, 50, 50, 104])
    assert _levels(city, user) == []
    level = {"id": "strict", "period": "month", "basis": "use", "above": "0.03", "follows": ["warn"]}
    _own_rule(city, officer, [level])
    assert _levels(city, user) == ["strict"]


def test_levels_that_cannot_be_read_are_an_error_that_says_so(city: MeteredCity, officer: Account) -> None:
    level = {"id": "odd", "period": "month", "basis": "use", "above": "0.1", "at_least": "0.1", "follows": []}
    _own_rule(city, officer, [level])
    with pytest.raises(ServiceError):
        ladder_for(city.place, TODAY)


def test_before_the_first_day_there_is_no_ladder_and_nothing_is_judged(city: MeteredCity) -> None:
    assert ladder_for(city.place, date(1999, 1, 1)) is None
    warned_user(city)
    assert not list(judged_allowances(WorkerSight(), city.place, year=1999, today=TODAY))


def test_another_city_judges_none_of_ours(city: MeteredCity) -> None:
    warned_user(city)
    other = found_city("临江市", slug="linjiang").place
    assert not list(judged_allowances(WorkerSight(), other, year=2026, today=TODAY))


def test_parts_hold_all_allowances_once(city: MeteredCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge_allowances, "AT_ONCE", 2)
    users = [warned_user(city, f"青禾{number}厂") for number in range(5)]
    found = [each.allowance for each in judged_allowances(WorkerSight(), city.place, year=2026, today=TODAY)]
    assert sorted(found) == sorted(user.allowance.pk for user in users)
