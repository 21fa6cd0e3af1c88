"""What a screen shows: the worst targets that are known first, how far they have come, and the next days."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from office import make_account, make_version
from pictured_city import PicturedCity
from shuiheng.adapters.records.models import KeptStanding, RegisterTarget, Role
from shuiheng.services.publish_version import publish_version
from shuiheng.web.pages.hall.shown import hall_content

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture
def targets(city: PicturedCity) -> list[RegisterTarget]:
    """Targets of a published plan."""
    clerk = make_account("li", Role.OFFICE_CLERK)
    version = publish_version(clerk, make_version(clerk).pk, with_doubts=True)
    return list(RegisterTarget.objects.filter(plan=version.plan))


def _stand(city: PicturedCity, target: RegisterTarget, standing: str, **more: object) -> KeptStanding:
    given = {"place": city.place, "why": "path", "served_by": "indicator", "content": {}} | more
    return KeptStanding.objects.create(
        target=target,
        city=city.place,
        on=TODAY,
        standing=standing,
        since=TODAY,
        judged_at=timezone.now(),
        **given,
    )


def test_the_worst_known_target_stands_first_and_unknown_is_counted_only(
    city: PicturedCity, targets: list[RegisterTarget]
) -> None:
    for target, standing in zip(targets, ("met", "missed", "unknown", "at_risk"), strict=False):
        _stand(city, target, standing)
    shown = hall_content(city.place, TODAY)
    assert [line.row.standing for line in shown["targets"]] == ["missed", "at_risk", "met"]
    assert {line.code: line.count for line in shown["counts"]}["unknown"] == 1 and shown["count"] == 4


def test_a_share_of_a_district_is_not_counted_as_a_target(
    city: PicturedCity, targets: list[RegisterTarget]
) -> None:
    _stand(city, targets[0], "met")
    _stand(city, targets[0], "missed", place=city.districts[0])
    shown = hall_content(city.place, TODAY)
    assert shown["count"] == 1 and [line.row.standing for line in shown["targets"]] == ["met"]


@pytest.mark.parametrize(
    ("way", "value", "done"),
    [(("0", "40"), "10", 25), (("40", "20"), "25", 75), (("0", "10"), "12", 100), (("0", "10"), "-1", 0)],
)
def test_the_way_goes_from_the_base_to_the_limit(
    city: PicturedCity, targets: list[RegisterTarget], way: tuple[str, str], value: str, done: int
) -> None:
    ask = dict(zip(("base", "limit"), way, strict=True))
    _stand(city, targets[0], "at_risk", value=value, content={"ask": ask})
    (line,) = hall_content(city.place, TODAY)["targets"]
    assert line.done == done and line.asked is None


def test_without_a_base_no_way_is_drawn(city: PicturedCity, targets: list[RegisterTarget]) -> None:
    _stand(city, targets[0], "met", value="3", content={"ask": {"base": None, "limit": "5"}})
    (line,) = hall_content(city.place, TODAY)["targets"]
    assert line.done is None and line.value


def test_the_calendar_looks_ahead_only(city: PicturedCity, targets: list[RegisterTarget]) -> None:
    days = hall_content(city.place, TODAY)["days"]
    assert all(day.on >= TODAY for day in days)
    assert [day.on for day in days] == sorted(day.on for day in days)


def test_a_city_of_which_nothing_is_known_has_empty_parts(city: PicturedCity) -> None:
    shown = hall_content(city.place, TODAY)
    assert shown["targets"] == [] and shown["judged_at"] is None and shown["count"] == 0
    assert [tile.shown for tile in shown["tiles"]] == ["", ""]
