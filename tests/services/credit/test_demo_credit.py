"""The demo city has a good record and a bad one that its unit objects to, made once."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import CreditRequest, Role
from shuiheng.services.credit.demo_credit import settle_demo_credit
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.readings.demo_filing import settle_demo_filing

pytestmark = pytest.mark.django_db


def test_records_are_made_once_and_one_waits_for_a_decision() -> None:
    city = the_office().place
    officer = make_account("officer", Role.OFFICE_CLERK)
    assert settle_demo_credit(city) == 0
    settle_demo_ledger(officer, city)
    settle_demo_filing(city)
    assert settle_demo_credit(city) == 2
    assert settle_demo_credit(city) == 0
    assert CreditRequest.objects.get().state == "asked"
