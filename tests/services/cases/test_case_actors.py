"""A person acts as what the roles over the case say; the office enters for those without an account."""

from __future__ import annotations

import pytest

from office import make_account
from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.cases.case_actors import actors_for
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db


def test_the_clerk_acts_for_the_office_and_for_those_outside(city: CaseCity) -> None:
    row = city.open("saving_compound", "清河苑", sort="place")
    assert actors_for(city.clerk, row) == {"office", "expert", "higher"}
    assert actors_for(city.leader, row) == {"office_head"}


def test_a_unit_acts_on_its_own_cases_only(city: CaseCity) -> None:
    user = city.user("甲校")
    own = city.open("saving_school", "甲校", subject=city.about(user))
    other = city.open("saving_school", "乙校")
    filer = Account.objects.create(username="filer")
    join(filer, user.organisation, Role.ENTERPRISE_FILER)
    assert actors_for(filer, own) == {"unit"}
    assert actors_for(filer, other) == frozenset()


def test_a_third_party_acts_on_what_it_is_commissioned_with(city: CaseCity) -> None:
    tester = city.user("测试公司").organisation
    row = city.open("balance_test", "甲厂", commissioned=tester.pk)
    person = Account.objects.create(username="tester")
    join(person, tester, Role.THIRD_PARTY)
    assert actors_for(person, row) == {"third_party"}
    assert actors_for(make_account("auditor", Role.AUDITOR), row) == frozenset()
