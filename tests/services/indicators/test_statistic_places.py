"""The office tells of its city and all parts of it, a district of itself, a department of its city."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Organisation, OrganisationKind, PlaceKind, Role
from shuiheng.adapters.records.models import Place as PlaceRow
from shuiheng.services.found_city import join
from shuiheng.services.indicators.statistic_places import statistic_cities, statistic_places
from shuiheng.services.permission import Action

pytestmark = pytest.mark.django_db


def _district() -> Organisation:
    place = PlaceRow.objects.create(
        slug="d", name="临江区", kind=PlaceKind.DISTRICT, parent=the_office().place
    )
    return Organisation.objects.create(place=place, name="临江区政府", kind=OrganisationKind.DISTRICT)


def _names(account: Account, action: Action = Action.FIGURES_KEEP) -> list[str]:
    return [each.name for each in statistic_places(account, action)]


def test_the_office_tells_of_its_city_first_and_then_of_its_parts() -> None:
    _district()
    clerk = make_account("clerk", Role.OFFICE_CLERK)
    assert _names(clerk) == [the_office().place.name, "临江区"]
    assert [each.pk for each in statistic_cities(clerk, Action.FIGURES_KEEP)] == [the_office().place_id]


def test_a_district_tells_of_itself_only() -> None:
    account = make_account("district")
    join(account, _district(), Role.DISTRICT_CLERK)
    assert _names(account) == ["临江区"]
    assert [each.pk for each in statistic_cities(account, Action.FIGURES_KEEP)] == [the_office().place_id]


def test_a_department_tells_of_its_city() -> None:
    account = make_account("partner")
    unit = Organisation.objects.create(
        place=the_office().place, name="统计局", kind=OrganisationKind.DEPARTMENT
    )
    join(account, unit, Role.PARTNER_CLERK)
    assert _names(account) == [the_office().place.name]


def test_who_has_no_right_tells_of_nothing() -> None:
    assert not _names(make_account("reader", Role.READER))
