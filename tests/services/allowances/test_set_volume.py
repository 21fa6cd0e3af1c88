"""An allowance is set by hand with a reason, and further inputs are kept, until the plan is reviewed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.allowances.planned_city import (
    PlannedCity,
    compute,
    computed_round,
    local_rule,
    planned_city,
)
from shuiheng.adapters.records.models import Account, RoundState
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.allowances.review_round import review_round
from shuiheng.services.allowances.set_volume import CutFields, GivenFields, give_inputs, set_volume
from shuiheng.services.errors import ServiceError, WrongStateError

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_a_volume_by_hand_needs_a_reason_and_opens_the_plan_again(city: PlannedCity) -> None:
    round_ = computed_round(city)
    row = city.allowance(city.mill)
    for volume, reason, code in (
        (Decimal(-1), "x", "allowances.volume"),
        (Decimal(1), "", "allowances.reason_needed"),
    ):
        with pytest.raises(ServiceError) as error:
            set_volume(city.clerk, row.pk, volume_m3=volume, reason=reason)
        assert error.value.code == code
    set_volume(city.clerk, row.pk, volume_m3=Decimal(0), reason="停产")
    round_.refresh_from_db()
    assert round_.state == RoundState.OPEN
    compute(city, round_)
    assert city.allowance(city.mill).volume_m3 == 0


def test_a_reviewed_plan_is_not_touched(city: PlannedCity) -> None:
    round_ = computed_round(city)
    review_round(city.reviewer, round_.pk)
    row = city.allowance(city.mill)
    with pytest.raises(WrongStateError):
        set_volume(city.clerk, row.pk, volume_m3=Decimal(1), reason="x")
    with pytest.raises(WrongStateError):
        give_inputs(city.clerk, row.pk, GivenFields())


def test_a_cut_with_evidence_lowers_the_allowance_with_a_step(city: PlannedCity) -> None:
    local_rule(city.clerk, "allowances/cuts", {"cuts": [{"reason": "over_norm", "share": "0.1"}]})
    round_ = computed_round(city)
    row = city.allowance(city.mill)
    give_inputs(city.clerk, row.pk, GivenFields(cuts=[CutFields(reason="over_norm", evidence="检查记录3号")]))
    compute(city, round_)
    row.refresh_from_db()
    assert row.volume_m3 == 10_800
    assert "after_cut" in [step.name for step in read_derivation(row.derivation).steps]


@pytest.mark.parametrize(
    ("cut", "code"),
    [
        (CutFields(reason="weather", evidence="x"), "allowances.cut_unknown"),
        (CutFields(reason="over_norm", evidence=" "), "allowances.cut_evidence"),
    ],
)
def test_a_cut_needs_a_reason_of_the_place_and_evidence(city: PlannedCity, cut: CutFields, code: str) -> None:
    local_rule(city.clerk, "allowances/cuts", {"cuts": [{"reason": "over_norm"}]})
    computed_round(city)
    with pytest.raises(ServiceError) as error:
        give_inputs(city.clerk, city.allowance(city.mill).pk, GivenFields(cuts=[cut]))
    assert error.value.code == code
