"""What was judged is kept once for each target; judging again changes nothing but the time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, KeptStanding, PlanVersion, RegisterTarget
from shuiheng.services.indicators.keep_standings import RENEWED, keep_standings

pytestmark = pytest.mark.django_db
ON, LATER = date(2026, 6, 1), date(2026, 6, 2)
FIELDS = tuple(name for name in RENEWED if name not in ("judged_at", "on"))


def _rows() -> list[dict[str, object]]:
    return list(KeptStanding.objects.order_by("target", "place").values("target", "place", *FIELDS))


def test_each_target_is_kept_once_and_again_the_same(published: PlanVersion) -> None:
    city = published.plan.place
    keep_standings(city, ON)
    first = _rows()
    assert len(first) == RegisterTarget.objects.filter(withdrawn_at__isnull=True).count()
    assert keep_standings(city, ON) == 0
    assert _rows() == first


def test_a_change_keeps_what_was_before_and_since_when(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    keep_standings(city, ON)
    total = {"use_total_2025": Decimal(33000), "unconventional_use_2025": Decimal(1)}
    enter(city.pk, officer, **total, ecological_use_2025=Decimal(1))
    assert keep_standings(city, LATER) == 1
    row = KeptStanding.objects.get(target__metric__contains="用水总量")
    assert (row.before, row.standing, row.since) == ("unknown", "at_risk", LATER)
    assert row.value == Decimal(329_990_000) or row.value == Decimal(330_000_000)
    assert {each["fact"] for each in row.content["facts"]} >= {"use_total"}


def test_a_target_that_was_withdrawn_is_no_longer_kept(published: PlanVersion) -> None:
    city = published.plan.place
    keep_standings(city, ON)
    gone = KeptStanding.objects.first()
    assert gone is not None
    RegisterTarget.objects.filter(pk=gone.target_id).update(withdrawn_at="2026-06-01T00:00:00+00:00")
    keep_standings(city, ON)
    assert not KeptStanding.objects.filter(target=gone.target_id).exists()
