"""A scope is one district, the city, a class of users, or a district that is not known here."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Place, PlaceKind, RegisterTarget, Role, ScopeMeaning
from shuiheng.services.indicators.judged_parts import Problem, place_meant, scope_of
from shuiheng.services.indicators.judging_desk import JudgingDesk, judging_desk

NOW = datetime(2026, 6, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> JudgingDesk:
    """Return a desk of a city with two districts."""
    city = the_office().place
    for number, name in enumerate(("临江区", "云湖区")):
        Place.objects.create(slug=f"parts-{number}", name=name, kind=PlaceKind.DISTRICT, parent=city)
    return judging_desk(city, [], date(2026, 6, 1))


def test_a_district_is_meant_by_its_name(desk: JudgingDesk) -> None:
    found = place_meant(desk, "临江区")
    assert (found.place.name, found.words, found.problem) == ("临江区", "", Problem.NONE)
    assert place_meant(desk, "").place == desk.city == place_meant(desk, "全市").place


def test_a_class_of_users_is_told_by_its_words(desk: JudgingDesk) -> None:
    found = place_meant(desk, "年用水量1万立方米以上的企业")
    assert found.place == desk.city and found.words == "年用水量1万立方米以上的企业"
    assert place_meant(desk, "临江区、云湖区").words == "临江区、云湖区"


def test_a_district_that_is_not_known_here_is_named(desk: JudgingDesk) -> None:
    found = place_meant(desk, "远山县")
    assert (found.problem, found.missing) == (Problem.NO_DISTRICT, ("远山县",))


def _desk_with(desk: JudgingDesk, kind: str, *districts: str) -> JudgingDesk:
    """Return the desk of a city whose office said what 主城区 means."""
    officer = make_account(f"says{Account.objects.count()}", Role.OFFICE_CLERK)
    keys = list(Place.objects.filter(name__in=districts).values_list("pk", flat=True))
    ScopeMeaning.objects.create(
        city=desk.city,
        words="主城区",
        kind=kind,
        districts=keys,
        reason="依规划",
        said_by=officer,
        said_at=NOW,
    )
    return judging_desk(desk.city, [], date(2026, 6, 1))


def test_words_that_were_said_mean_a_district_or_a_part_of_its_own(desk: JudgingDesk) -> None:
    assert place_meant(_desk_with(desk, "part", "临江区"), "主城区").place.name == "临江区"
    ScopeMeaning.objects.all().delete()
    both = _desk_with(desk, "part", "临江区", "云湖区")
    found = place_meant(both, "主城区")
    assert (found.place.name, found.part, len(found.districts or ())) == ("主城区", "主城区", 2)
    assert found.place in both.parts.values() and not Place.objects.filter(pk=found.place.pk).exists()


def test_a_part_that_is_not_there_asks_nothing_and_all_of_the_city_everything(desk: JudgingDesk) -> None:
    assert place_meant(_desk_with(desk, "none"), "主城区").problem == Problem.NOT_HERE
    ScopeMeaning.objects.all().delete()
    found = place_meant(_desk_with(desk, "whole"), "主城区")
    assert (found.place, found.words, found.problem) == (desk.city, "", Problem.NONE)


@pytest.mark.parametrize(
    ("scope", "metric", "found"),
    [
        ("", "主城区再生水利用率", "主城区"),
        ("", "缺水城市再生水利用率", "缺水城市"),
        ("云湖区", "主城区再生水利用率", "云湖区"),
        ("", "城区公共供水管网漏损率", ""),
        ("", "再生水利用率", ""),
    ],
)
def test_a_metric_that_begins_with_a_part_speaks_of_it(scope: str, metric: str, found: str) -> None:
    assert scope_of(RegisterTarget(scope=scope, metric=metric)) == found
