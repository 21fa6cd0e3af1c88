"""Cities are judged once a day, and again when something changed on which a standing rests."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from shuiheng.adapters.records.models import Account, KeptStanding, PlanVersion
from shuiheng.services.background import _EVERY_MINUTE
from shuiheng.services.cases.link_targets import count_not
from shuiheng.services.indicators.watch_standings import watch_standings
from shuiheng.services.record_export import record_export

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    cache.clear()


def test_a_city_is_judged_once_and_after_a_change(published: PlanVersion, officer: Account) -> None:
    assert watch_standings() == 1
    row = KeptStanding.objects.filter(served_by="count").first()
    assert row is not None and watch_standings() == 0
    record_export(officer, "targets", rows=1)
    assert watch_standings() == 0
    count_not(officer, row.target_id, reason="由别的部门统计")
    assert watch_standings() == 1 and watch_standings() == 0
    assert KeptStanding.objects.get(target=row.target_id).problem == "left_out"


def test_the_worker_does_it_each_minute() -> None:
    assert watch_standings in _EVERY_MINUTE
