"""A person may end the steps that name one of the roles that are held; others are not listed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.cases.own_steps import kinds_for, own_steps
from shuiheng.services.found_city import join
from shuiheng.services.permission import Action

pytestmark = pytest.mark.django_db


def test_steps_are_those_of_the_roles_that_are_held(city: CaseCity) -> None:
    kinds = kinds_for(city.clerk, Action.CASES_LOOK, timezone.localdate())
    compound = kinds["saving_compound"]
    named = {step.id: set(step.who) for step in compound.steps}
    outside = {"office", "expert", "higher"}
    assert own_steps(city.clerk, kinds)["saving_compound"] == tuple(
        step for step, who in named.items() if who & outside
    )
    unit = Account.objects.create(username="filer")
    join(unit, city.user("一中").organisation, Role.ENTERPRISE_FILER)
    assert own_steps(unit, kinds)["saving_compound"] == ("apply",)


def test_who_may_end_nothing_has_no_steps(city: CaseCity) -> None:
    nobody = Account.objects.create(username="nobody")
    assert kinds_for(nobody, Action.CASES_LOOK, timezone.localdate()) == {}
    kinds = kinds_for(city.clerk, Action.CASES_LOOK, timezone.localdate())
    assert own_steps(nobody, kinds) == {}
