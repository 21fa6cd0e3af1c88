"""The demo city has a plan under a cap that does not suffice, and an application that waits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    AllowanceProposal,
    AllowanceRound,
    Letter,
    PlannedAllowance,
)
from shuiheng.services.allowances.demo_allowances import INDUSTRY_M3, settle_demo_allowances
from shuiheng.services.allowances.round_jobs import work_on_round
from shuiheng.services.found_city import found_city
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.load_demo import DEMO_CITY, DEMO_NAME, demo_users
from shuiheng.services.readings.demo_filing import settle_demo_filing

pytestmark = pytest.mark.django_db


def test_the_plan_of_the_demo_is_published_once(django_capture_on_commit_callbacks: object) -> None:
    demo_users()
    city = found_city(DEMO_NAME, slug=DEMO_CITY, is_synthetic=True).place
    assert settle_demo_allowances(city) == 0
    settle_demo_ledger(Account.objects.get(username="officer"), city)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        settle_demo_filing(city)
    assert settle_demo_allowances(city) > 0
    assert settle_demo_allowances(city) == 0
    assert list(AllowanceRound.objects.values_list("state", flat=True)) == ["open", "published"]
    industry = PlannedAllowance.objects.filter(
        user__facts__use_class="industry", user__facts__valid_to=None, user__facts__superseded_at=None
    )
    assert sum((row.volume_m3 or Decimal(0) for row in industry), Decimal(0)) == INDUSTRY_M3
    assert Letter.objects.filter(kind="allowance_notice").count() == 4
    assert AllowanceEntry.objects.filter(kind="increase", state="asked").count() == 1
    assert AllowanceProposal.objects.exists() and work_on_round is not None
