"""A second person reviews what was computed, or sends it back with a reason."""

from __future__ import annotations

import pytest

from services.allowances.planned_city import PlannedCity, computed_round, planned_city, published_round
from shuiheng.adapters.records.models import Account, Role, RoundState
from shuiheng.services.allowances.review_round import return_round, review_round
from shuiheng.services.errors import NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_who_computed_does_not_review_even_with_the_right_to(city: PlannedCity) -> None:
    round_ = computed_round(city)
    with pytest.raises(NotPermittedError):
        review_round(city.clerk, round_.pk)
    join(city.clerk, round_.authority, Role.OFFICE_REVIEWER)
    with pytest.raises(ServiceError) as error:
        review_round(Account.objects.get(pk=city.clerk.pk), round_.pk)
    assert error.value.code == "allowances.own_work"
    review_round(city.reviewer, round_.pk)
    with pytest.raises(WrongStateError):
        review_round(city.reviewer, round_.pk)


def test_what_is_sent_back_can_be_computed_again_and_keeps_the_reason(city: PlannedCity) -> None:
    round_ = computed_round(city)
    review_round(city.reviewer, round_.pk)
    with pytest.raises(ServiceError):
        return_round(city.leader, round_.pk, reason=" ")
    return_round(city.leader, round_.pk, reason="缺口分摊有误")
    round_.refresh_from_db()
    assert (round_.state, round_.reviewed_at) == (RoundState.COMPUTED, None)
    assert round_.terms["returned"]["reason"] == "缺口分摊有误"


def test_a_published_plan_is_not_sent_back(city: PlannedCity) -> None:
    round_ = published_round(city)
    with pytest.raises(WrongStateError):
        return_round(city.leader, round_.pk, reason="x")
