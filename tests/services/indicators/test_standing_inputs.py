"""What a target was made of gives its value again, whatever serves it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, KeptStanding, PlanVersion
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.verify_figures import standing_holds

pytestmark = pytest.mark.django_db


def test_every_kept_value_is_made_of_what_was_kept(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    enter(city.pk, officer, use_total_2025=Decimal(30500), unconventional_use_2025=Decimal(500))
    keep_standings(city, date(2026, 6, 1))
    rows = list(KeptStanding.objects.filter(value__isnull=False))
    assert {"indicator", "count"} <= {row.served_by for row in rows}
    assert [row.target.metric for row in rows if not standing_holds(row)] == []
