"""Norm times activity."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from allowances.made import activity_of, norm_of
from shuiheng.allowances.errors import NotThisNormError
from shuiheng.allowances.method_norm import norm_volume
from shuiheng.allowances.model import Activity, Unknown, Worked
from shuiheng.allowances.use_norm import NormLevel

BED = norm_of(id="bed", product="三级医院", unit="L/(床·d)", general=Decimal(804), advanced=Decimal(440))


def _worked(*activities: Activity, level: NormLevel = NormLevel.GENERAL) -> Worked:
    worked = norm_volume(activities, level=level)
    assert isinstance(worked, Worked)
    return worked


def _missing(*activities: Activity, level: NormLevel = NormLevel.GENERAL) -> tuple[str, ...]:
    unknown = norm_volume(activities, level=level)
    assert isinstance(unknown, Unknown)
    return unknown.missing


def test_people_times_their_norm() -> None:
    worked = _worked(activity_of(1200))
    assert worked.exact == 30_000
    assert worked.steps[-1].formula == "1200 × 25"
    assert worked.steps[-1].citation == norm_of().citation


def test_new_projects_stand_under_the_stricter_value() -> None:
    assert _worked(activity_of(1200), level=NormLevel.ADVANCED).exact == 12_000


@pytest.mark.parametrize(
    ("fields", "volume"),
    [({"unit": "床·d"}, 804), ({"unit": "床", "days": Decimal(300)}, 241_200)],
)
def test_litres_per_bed_and_day_count_beds_by_their_days(fields: dict[str, Any], volume: int) -> None:
    assert _worked(activity_of(1000, norm=BED, **fields)).exact == volume


def test_a_norm_per_hundred_metres_counts_hundreds() -> None:
    cloth = norm_of(unit="m³/100 m", general=Decimal("1.6"))
    worked = _worked(activity_of(5000, norm=cloth))
    assert (worked.exact, worked.steps[-1].formula) == (80, "5000 × 1.6 ÷ 100")


def test_a_norm_per_month_counts_twelve() -> None:
    assert _worked(activity_of(10, norm=norm_of(unit="m³/(人·月)", general=Decimal(2)))).exact == 240


def test_products_add_up_with_a_step_for_each() -> None:
    worked = _worked(activity_of(1200), activity_of(1000, norm=BED, unit="床·d"))
    assert worked.exact == 30_804
    assert [step.value for step in worked.steps] == [30_000, 804, 30_804]


def test_a_step_is_called_by_the_activity_or_else_by_its_product() -> None:
    assert _worked(activity_of(1)).steps[-1].label == "机关"
    assert _worked(activity_of(1, label="分公司")).steps[-1].label == "分公司"


def test_a_factor_adjusts_its_own_product_only() -> None:
    assert _worked(activity_of(100, factor=Decimal("1.2")), activity_of(100)).exact == 3000 + 2500


def test_one_unknown_activity_makes_the_whole_unknown() -> None:
    assert _missing(activity_of(1200), activity_of(None)) == ("activity",)


def test_beds_without_their_days_are_unknown() -> None:
    assert _missing(activity_of(10, norm=BED)) == ("running_days",)


def test_a_level_that_the_standard_does_not_give_is_unknown() -> None:
    assert _missing(activity_of(norm=norm_of(advanced=None)), level=NormLevel.ADVANCED) == ("norm_advanced",)


def test_no_norm_is_unknown_and_not_zero() -> None:
    assert _missing() == ("norm",)


def test_no_activity_is_known_to_be_zero() -> None:
    assert _worked(activity_of(0)).exact == 0


def test_an_activity_in_another_unit_is_refused() -> None:
    with pytest.raises(NotThisNormError):
        _worked(activity_of(10, unit="t"))
