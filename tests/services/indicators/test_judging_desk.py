"""A plan runs as its title says, else from its issue to the last day that several of its targets name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import PlanVersion, RegisterTarget
from shuiheng.services.indicators.judging_desk import frame_of, judging_desk

ON = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("青禾市节水行动实施方案（2024—2027年）", 2024, 2027),
        ("青禾市节水行动实施方案（2021年至2025年）", 2021, 2025),
        ("2021年青禾市节水工作要点", 2021, 2021),
    ],
)
def test_years_in_the_title_are_the_period(title: str, first: int, last: int) -> None:
    frame = frame_of(title, "2020-05-15", [date(2035, 12, 31)], ON)
    assert (frame.first_on, frame.last_on) == (date(first - 1, 12, 31), date(last, 12, 31))


def test_a_day_that_one_target_names_is_not_the_end_of_the_plan() -> None:
    days = [date(2022, 12, 31)] * 3 + [date(2020, 12, 31), date(2035, 12, 31)]
    frame = frame_of("青禾市节水行动实施方案", "2020-05-15", days, ON)
    assert (frame.first_on, frame.last_on) == (date(2019, 12, 31), date(2022, 12, 31))
    assert frame_of("方案", "", [date(2022, 12, 31)], ON).last_on == date(2022, 12, 31)


def test_a_plan_that_says_nothing_has_no_last_day() -> None:
    assert frame_of("方案", "", [], ON).last_on is None


@pytest.mark.django_db
def test_a_desk_knows_its_plans_and_how_much_may_be_estimated(published: PlanVersion) -> None:
    city = published.plan.place
    desk = judging_desk(city, RegisterTarget.objects.all(), ON)
    assert set(desk.frames) == {published.plan_id} and desk.first_year < ON.year
    assert desk.most_unmeasured is not None and Decimal(0) < desk.most_unmeasured < 1
    assert desk.places[str(city.pk)] == city
    earlier = desk.counting_on(date(2025, 1, 1))
    assert earlier.on == date(2025, 1, 1) and earlier.tallies is desk.counting_on(ON).tallies
