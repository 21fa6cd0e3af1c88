"""Statistics of the office's city: some confirmed, some waiting."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Role, Statistic
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics

SOURCE = "青禾市统计年鉴2025"


@pytest.fixture
def reviewer(db: None) -> Account:
    """Who confirms."""
    return make_account("second", Role.OFFICE_REVIEWER)


@pytest.fixture
def told(officer: Account, reviewer: Account) -> list[Statistic]:
    """Two years of the use in all, the first confirmed."""
    fields = [
        StatisticFields(fact="use_total", year=year, value=Decimal(value), source=SOURCE, page="表1-2")
        for year, value in ((2023, "36800.5"), (2024, "37000"))
    ]
    rows = enter_statistics(officer, the_office().place_id, fields)
    decide_statistics(reviewer, [rows[0].pk], is_confirmed=True)
    return rows
