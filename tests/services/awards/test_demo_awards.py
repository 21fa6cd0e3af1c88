"""The demo city has schemes and an application at each step, entered once."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Award, AwardScheme, LocalRule, Role
from shuiheng.services.awards.award_amount import RULE
from shuiheng.services.awards.demo_awards import settle_demo_awards
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.readings.demo_filing import settle_demo_filing

pytestmark = pytest.mark.django_db


def test_schemes_and_applications_are_made_once_by_two_persons() -> None:
    city = the_office().place
    officer = make_account("officer", Role.OFFICE_CLERK)
    make_account("reviewer", Role.OFFICE_REVIEWER)
    assert settle_demo_awards(city) == 0
    settle_demo_ledger(officer, city)
    settle_demo_filing(city)
    assert settle_demo_awards(city) == Award.objects.count() == 4
    assert settle_demo_awards(city) == 0
    assert all(scheme.opened_by != scheme.made_by for scheme in AwardScheme.objects.all())
    assert Award.objects.filter(twin__isnull=False).count() == 1
    assert LocalRule.objects.get(rule=RULE).state == "accepted"
    assert Account.objects.filter(username="enterprise").exists()
