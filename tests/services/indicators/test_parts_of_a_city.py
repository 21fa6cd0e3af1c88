"""A part of a city, once it is said, has statistics of its own, and its targets are judged by them only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from office import make_account
from shuiheng.adapters.records.models import (
    Account,
    KeptStanding,
    PlanVersion,
    RegisterTarget,
    Role,
    ScopeKind,
    Statistic,
)
from shuiheng.services.cases.link_targets import Chosen, choose_link
from shuiheng.services.cases.scope_meanings import Said, say_scope
from shuiheng.services.errors import ServiceError
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.keep_statistic import (
    StatisticFields,
    decide_statistics,
    enter_statistics,
    may_have_member,
)
from shuiheng.services.indicators.verify_figures import standing_holds

pytestmark = pytest.mark.django_db
ON, TOWN = date(2026, 6, 1), "主城区"
USED = StatisticFields(fact="reclaimed_use", year=2025, value=Decimal(30), source="城建年鉴")
FACTS = (
    USED,
    replace(USED, fact="sewage_treated", value=Decimal(100)),
    replace(USED, fact="reclaimed_to_rivers", value=Decimal(0)),
)


@pytest.fixture
def reviewer() -> Account:
    return make_account("reviewer", Role.OFFICE_REVIEWER)


def _told(clerk: Account, reviewer: Account, place: int, *fields: StatisticFields) -> None:
    rows = enter_statistics(clerk, place, fields)
    decide_statistics(reviewer, [row.pk for row in rows], is_confirmed=True)


def _kept(published: PlanVersion) -> KeptStanding:
    keep_standings(published.plan.place, ON)
    return KeptStanding.objects.get(target__scope=TOWN)


def test_a_part_is_told_after_it_was_said_and_judged_by_its_own_facts(
    published: PlanVersion, officer: Account, reviewer: Account
) -> None:
    city = published.plan.place
    target = RegisterTarget.objects.get(metric__contains="漏损率")
    given = {"metric": "再生水利用率", "scope": TOWN, "kind": "level", "op": ">=", "value": 25, "unit": "%"}
    RegisterTarget.objects.filter(pk=target.pk).update(**given, deadline=date(2025, 12, 31))
    choose_link(officer, target.pk, Chosen(indicator="reclaimed_water_rate"))
    _told(officer, reviewer, city.pk, *FACTS)
    own = [replace(each, member=TOWN) for each in FACTS]
    with pytest.raises(ServiceError, match="member_missing"):
        enter_statistics(officer, city.pk, own)
    assert _kept(published).problem == "no_scope"
    say_scope(officer, city.pk, Said(words=TOWN, kind=ScopeKind.PART))
    waits = _kept(published)
    assert waits.problem == "" and "reclaimed_use" in waits.missing and waits.content["part"] == TOWN
    own[0] = replace(own[0], value=Decimal(20))
    _told(officer, reviewer, city.pk, *own)
    row = _kept(published)
    assert (row.standing, row.value, row.place) == ("missed", Decimal(20), city)
    assert standing_holds(row)
    origins = {each["origin"] for each in row.content["facts"]}
    assert origins <= {f"statistic:{each.pk}" for each in Statistic.objects.filter(member=TOWN)}


def test_a_class_needs_its_member_and_the_whole_none() -> None:
    parts = frozenset({TOWN})
    assert may_have_member("gdp", "", parts) and may_have_member("gdp", TOWN, parts)
    assert not may_have_member("gdp", "老城区", parts) and not may_have_member("irrigation_intake", "", parts)
    assert may_have_member("irrigation_intake", "大型灌区", parts)
