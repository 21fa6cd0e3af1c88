"""A plan is opened once for a year, for an adopted list or by the rule of the place."""

from __future__ import annotations

import pytest
from django.utils import timezone

from office import the_office
from services.allowances.planned_city import PlannedCity, compute, planned_city
from shuiheng.adapters.records.models import Account, MemberList, MemberRow, PlannedAllowance
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def _list(city: PlannedCity, **said: object) -> MemberList:
    plain = {"adopted_by": city.clerk, "adopted_at": timezone.now()}
    listed = MemberList.objects.create(
        place=the_office().place,
        rule="book:x",
        title="计划用水",
        year=2026,
        drawn_at=timezone.now(),
        **(plain | said),
    )
    MemberRow.objects.create(list=listed, user=city.school, standing="in")
    MemberRow.objects.create(list=listed, user=city.mill, standing="unknown")
    return listed


def test_a_year_is_opened_once(city: PlannedCity) -> None:
    open_round(city.clerk, city.place, year=2026)
    with pytest.raises(ServiceError) as error:
        open_round(city.clerk, city.place, year=2026)
    assert error.value.code == "allowances.round_there"
    with pytest.raises(ServiceError):
        open_round(city.clerk, city.place, year=20_260)
    with pytest.raises(NotPermittedError):
        open_round(city.leader, city.place, year=2027)
    with pytest.raises(NotThereError):
        open_round(city.clerk, 0, year=2027)


def test_only_those_on_the_adopted_list_get_an_allowance(city: PlannedCity) -> None:
    round_ = open_round(city.clerk, city.place, year=2026, members=_list(city).pk)
    compute(city, round_)
    assert [row.user for row in PlannedAllowance.objects.all()] == [city.school]
    assert round_.terms["undecided"] == [city.mill.pk]


def test_a_draft_is_no_list(city: PlannedCity) -> None:
    draft = _list(city, adopted_by=None, adopted_at=None)
    with pytest.raises(ServiceError) as error:
        open_round(city.clerk, city.place, year=2026, members=draft.pk)
    assert error.value.code == "allowances.list_not_adopted"
