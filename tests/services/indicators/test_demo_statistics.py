"""The made-up city has statistics that were entered by one person and confirmed by another."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, PlaceKind, Role, Statistic, StatisticState
from shuiheng.adapters.records.models import Place as PlaceRow
from shuiheng.services.indicators.demo_statistics import settle_demo_statistics

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Account:
    """Who enters; another one confirms."""
    make_account("reviewer", Role.OFFICE_REVIEWER)
    return make_account("clerk", Role.OFFICE_CLERK)


def _districts() -> None:
    for order in range(3):
        PlaceRow.objects.create(
            slug=f"d{order}",
            name=f"{order}区",
            kind=PlaceKind.DISTRICT,
            parent=the_office().place,
            order=order,
        )


def test_statistics_are_entered_once_and_confirmed_by_another(clerk: Account) -> None:
    _districts()
    made = settle_demo_statistics(clerk, the_office().place)
    assert made == Statistic.objects.count() > 500
    assert settle_demo_statistics(clerk, the_office().place) == 0
    assert not Statistic.objects.filter(state=StatisticState.REFUSED).exists()
    waiting = Statistic.objects.filter(state=StatisticState.ENTERED)
    assert {row.year for row in waiting} == {2025} and waiting.count() == 3
    assert all(row.decided_by_id != row.entered_by_id for row in Statistic.objects.exclude(pk__in=waiting))


def test_the_last_district_has_told_nothing_of_the_last_year(clerk: Account) -> None:
    _districts()
    settle_demo_statistics(clerk, the_office().place)
    years = dict(Statistic.objects.filter(fact="use_total", year=2025).values_list("place__slug", "value"))
    assert set(years) == {the_office().place.slug, "d0", "d1"}


def test_without_a_second_person_nothing_is_entered() -> None:
    clerk = make_account("clerk", Role.OFFICE_CLERK)
    assert settle_demo_statistics(clerk, the_office().place) == 0
