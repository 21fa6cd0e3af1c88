"""Legal ranges are told with their clause as the law of the place says them; nothing is computed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.inspections.check_city import CheckedCity
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.legal_ranges import acts_of, measures_of_act

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def test_acts_are_those_with_a_range_on_the_day(checked: CheckedCity) -> None:
    city = checked.metered.place
    assert acts_of(city, DAY)["meter_missing"] == "未安装取水计量设施"
    assert "meter_missing" not in acts_of(city, date(1990, 1, 1))


def test_a_measure_has_its_case_range_and_clause(checked: CheckedCity) -> None:
    first = measures_of_act(checked.metered.place, "meter_missing", DAY)[0]
    assert (first.least, first.most) == (Decimal(5000), Decimal(20000)) and first.clause == "第五十三条"
    assert first.source.startswith("《") and first.words.startswith("直接处罚") and not first.is_per


def test_an_act_that_nobody_knows_is_refused(checked: CheckedCity) -> None:
    with pytest.raises(ServiceError, match=r"checks\.unknown_act"):
        measures_of_act(checked.metered.place, "nothing", DAY)
