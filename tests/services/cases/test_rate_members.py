"""The list of a rate takes in whom its conditions take in; what is missing to say so is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.kind import ProgrammeKind, RateRule
from shuiheng.rules.conditions import ALWAYS, Condition, Group, Operator
from shuiheng.services.cases.rate_members import NO_REGISTER, rate_members

pytestmark = pytest.mark.django_db


def _kind(name: str) -> tuple[ProgrammeKind, RateRule]:
    kind = shipped_programmes()[name]
    return kind, kind.rates[0]


def _flag(fact: str) -> Group:
    return Group(parts=(Condition(fact=fact, operator=Operator.IS, words=("yes",)),))


def test_a_fact_that_is_missing_leaves_the_list_open(city: CaseCity) -> None:
    city.user("甲厂")
    found = rate_members(city.metered.place, *_kind("saving_enterprise"), timezone.localdate())
    assert (found.members, found.undecided, found.is_known) == ((), 1, False)
    assert found.missing == ("is_key_trade",)


def test_whom_the_conditions_take_in_is_on_the_list(city: CaseCity) -> None:
    kind, rate = _kind("saving_enterprise")
    first, _ = city.user("甲厂"), city.user("乙厂")
    everybody = replace(kind, eligibility=ALWAYS)
    found = rate_members(
        city.metered.place, everybody, replace(rate, members=ALWAYS, weight=""), timezone.localdate()
    )
    assert found.is_known and len(found.members) == 2
    member = next(each for each in found.members if each.subject == f"user:{first.pk}")
    assert (member.district, member.weight) == (str(city.district.pk), 1)


def test_a_weight_that_is_not_known_is_not_one(city: CaseCity) -> None:
    kind, rate = _kind("saving_enterprise")
    city.user("甲厂")
    everybody = replace(kind, eligibility=ALWAYS)
    weighed = replace(rate, members=ALWAYS, weight="is_key_trade")
    found = rate_members(city.metered.place, everybody, weighed, timezone.localdate())
    assert [each.weight for each in found.members] == [None]


def test_without_a_register_there_is_no_list(city: CaseCity) -> None:
    kind, rate = _kind("saving_enterprise")
    about = replace(kind, subject="event", eligibility=ALWAYS)
    found = rate_members(city.metered.place, about, rate, timezone.localdate())
    assert found.missing == (NO_REGISTER,) and not found.is_known
