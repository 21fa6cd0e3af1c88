"""The demo city has a check in each state, made once."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Check, CheckOrder, Role
from shuiheng.services.inspections.demo_checks import settle_demo_checks
from shuiheng.services.inspections.demo_inspections import settle_demo_inspections
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.readings.demo_filing import settle_demo_filing

pytestmark = pytest.mark.django_db


def test_checks_are_made_once_in_all_states_with_an_order_that_waits_for_a_second_look() -> None:
    city = the_office().place
    officer = make_account("officer", Role.OFFICE_CLERK)
    make_account("reviewer", Role.OFFICE_REVIEWER)
    make_account("leader", Role.OFFICE_LEADER)
    for name in ("inspector", "inspector2"):
        make_account(name, Role.INSPECTOR)
    settle_demo_ledger(officer, city)
    settle_demo_filing(city)
    settle_demo_inspections(city)
    assert settle_demo_checks(city) > 0
    assert settle_demo_checks(city) == 0
    own = Check.objects.filter(draw__isnull=True)
    assert sorted(own.values_list("state", flat=True)) == [
        "closed",
        "finding_open",
        "finding_open",
        "planned",
        "under_way",
    ]
    assert CheckOrder.objects.get().state == "proved"
