"""Figures of a month are those of its settled rows; a silent meter misses as long as the month is."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import F

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.entrance import counted, last_in_month
from shuiheng.adapters.records.models import Account, MeterFact, UserFact
from shuiheng.adapters.records.month_figures import division_of, with_figures, with_source, with_user
from shuiheng.adapters.records.use_figures import Use

pytestmark = pytest.mark.django_db
FEBRUARY, DAY = date(2026, 2, 1), 86_400


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区")


def test_a_silent_meter_misses_each_second_of_its_month(city: MeteredCity) -> None:
    mill = city.user("青禾印染厂", city.districts[0])
    settle(city.meter(mill), FEBRUARY, 70, measured_seconds=27 * DAY, missing_seconds=DAY)
    city.meter(mill)
    rows = last_in_month(counted(MeterFact.objects.all()), FEBRUARY).annotate(of=F("subject__user_id"))
    (key, *figures), *others = with_figures(rows, FEBRUARY, "of")
    use = Use._make(figures)
    assert (key, others) == (mill.pk, [])
    assert (use.told_litres, use.meters, use.silent, use.weight_litres) == (70, 2, 1, 70)
    assert (use.measured_seconds, use.missing_seconds) == (27 * DAY, 29 * DAY)


def test_a_meter_is_joined_to_what_was_said_of_its_user_and_source_on_the_day(city: MeteredCity) -> None:
    city.meter(city.user("青禾印染厂", city.districts[0], industry_code="1713"))
    rows = with_source(with_user(counted(MeterFact.objects.all()), FEBRUARY), FEBRUARY)
    keys = ("of_user__district", "of_source__water_kind")
    assert list(rows.values_list(*keys)) == [(city.districts[0].pk, "tap")]
    early = with_user(counted(MeterFact.objects.all()), date(2001, 1, 1))
    assert list(early.values_list("of_user__district", flat=True)) == [None]
    assert UserFact.objects.annotate(of=division_of("industry_code")).get().of == "17"
