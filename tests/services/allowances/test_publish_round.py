"""A plan is published when it was reviewed and keeps its caps, unchecked rules or not only if wanted so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.allowances.planned_city import PlannedCity, computed_round, planned_city, publish
from shuiheng.adapters.records.models import Account, AllowanceEntry, PlannedAllowance
from shuiheng.services.allowances.keep_cap import CapFields, set_cap
from shuiheng.services.allowances.publish_round import ask_publication, unpublished
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.errors import ServiceError, WrongStateError

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_a_plan_that_was_not_reviewed_is_not_published(city: PlannedCity) -> None:
    round_ = computed_round(city)
    with pytest.raises(WrongStateError):
        ask_publication(city.leader, round_.pk, mark="青节计")


@pytest.mark.parametrize(
    ("mark", "is_sure", "code"),
    [("号1", True, "services.mark_form"), ("青节计", False, "allowances.unchecked")],
)
def test_a_plan_needs_a_mark_and_an_answer_to_what_is_unchecked(
    city: PlannedCity, mark: str, is_sure: bool, code: str
) -> None:
    round_ = computed_round(city)
    review_round(city.reviewer, round_.pk)
    with pytest.raises(ServiceError) as error:
        ask_publication(city.leader, round_.pk, mark=mark, with_unchecked=is_sure)
    assert error.value.code == code


def test_a_cap_that_was_lowered_afterwards_bars_publication(city: PlannedCity) -> None:
    round_ = computed_round(city, cap_m3="13200")
    review_round(city.reviewer, round_.pk)
    set_cap(city.clerk, city.place, CapFields(year=2026, volume_m3=Decimal(13_199), basis="x"))
    with pytest.raises(ServiceError) as error:
        ask_publication(city.leader, round_.pk, mark="青节计", with_unchecked=True)
    assert (error.value.code, error.value.values) == ("allowances.barred", {"count": "1"})
    set_cap(city.clerk, city.place, CapFields(year=2026, volume_m3=Decimal(13_200), basis="x"))
    publish(city, round_)
    assert AllowanceEntry.objects.count() == 2 and not unpublished(round_).exists()


def test_nothing_is_published_twice(city: PlannedCity) -> None:
    round_ = computed_round(city)
    review_round(city.reviewer, round_.pk)
    publish(city, round_)
    with pytest.raises(ServiceError) as error:
        ask_publication(city.leader, round_.pk, mark="青节计", with_unchecked=True)
    assert error.value.code == "allowances.nothing_to_publish"
    assert PlannedAllowance.objects.filter(published_at__isnull=True).count() == 0
