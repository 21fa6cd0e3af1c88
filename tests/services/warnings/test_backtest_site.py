"""The back-test of a site uses its own allowances and settled months of a year that is over."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Account
from shuiheng.services.errors import ServiceError
from shuiheng.services.warnings.backtest_site import backtest_city
from shuiheng.services.warnings.worker_sight import WorkerSight
from warned import warned_city, warned_user

pytestmark = pytest.mark.django_db
SEEN = WorkerSight()


def test_users_whose_year_is_known_are_judged_at_the_ends_of_months(officer: Account) -> None:
    city = warned_city(officer)
    over, partly = warned_user(city), warned_user(city, "青禾二厂")
    for user in (over, partly):
        user.uses(date(2025, 1, 1), [90] * 12)
    over.uses(date(2026, 1, 1), [90, 130, *[90] * 10])
    partly.uses(date(2026, 1, 1), [90] * 11)
    tested = backtest_city(SEEN, city.place, 2026, today=date(2027, 2, 1))
    assert (tested.users, tested.looks) == (1, 12)
    month = next(score for score in tested.scores if score.level == "over_month")
    assert (month.periods, month.reached, month.warned, month.hits) == (12, 1, 1, 1)


def test_a_year_under_way_or_without_levels_is_refused(officer: Account) -> None:
    city = warned_city(officer)
    with pytest.raises(ServiceError, match="year_not_over"):
        backtest_city(SEEN, city.place, 2026, today=date(2026, 12, 31))
    with pytest.raises(ServiceError, match="no_ladder"):
        backtest_city(SEEN, city.place, 1999, today=date(2026, 12, 31))
