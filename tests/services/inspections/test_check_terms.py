"""Terms after a check follow the rules of the city and their clause; without a rule nothing is set."""

from __future__ import annotations

from datetime import date

import pytest

from services.inspections.check_city import CheckedCity
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.check_terms import look_by, mend_by, procedure_due, publish_by, team_size

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)  # a Monday


def test_terms_are_counted_in_workdays_or_days_as_their_rule_says(checked: CheckedCity) -> None:
    city = checked.metered.place
    assert team_size(city, DAY) == 2
    assert publish_by(city, DAY).on == date(2026, 3, 30)  # 20 workdays
    assert mend_by(city, DAY).on == date(2026, 4, 1)  # 30 days
    assert look_by(city, DAY).on == date(2026, 3, 16)  # 10 workdays
    assert procedure_due(city, "pay", DAY).on == date(2026, 3, 17)  # 15 days
    assert publish_by(city, DAY).kept["source"] == "cn-reg-open-2019"


def test_before_its_rule_there_is_no_term(checked: CheckedCity) -> None:
    with pytest.raises(ServiceError, match=r"checks\.no_rule"):
        publish_by(checked.metered.place, date(2001, 1, 1))
    with pytest.raises(ServiceError, match=r"checks\.no_rule"):
        team_size(checked.metered.place, date(2001, 1, 1))
