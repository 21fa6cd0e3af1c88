"""Which norm holds in a place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from allowances.made import norm_of
from shuiheng.allowances.norm_choice import (
    ChosenNorm,
    Wanted,
    choose_norm,
    is_norm_looser,
    norm_findings,
)

NATION = norm_of(id="nation", area="", general=Decimal(30), advanced=Decimal(12))
PROVINCE = norm_of(id="province", area="37", general=Decimal(25), advanced=Decimal(10))
CITY = norm_of(id="city", area="3710", general=Decimal(20), advanced=Decimal(8))


def _wanted(**fields: Any) -> Wanted:
    return Wanted(**({"area": "371002", "on": date(2027, 1, 1), "product": "机关"} | fields))


def _chosen(*norms: Any, **fields: Any) -> ChosenNorm:
    chosen = choose_norm(norms, _wanted(**fields))
    assert chosen is not None
    return chosen


def test_the_nearest_norm_holds() -> None:
    assert _chosen(NATION, PROVINCE, CITY).norm is CITY
    assert _chosen(NATION, PROVINCE, CITY, area="3702").norm is PROVINCE
    assert _chosen(NATION, PROVINCE, CITY, area="33").norm is NATION


def test_a_norm_of_another_place_does_not_count() -> None:
    assert choose_norm([CITY], _wanted(area="3702")) is None


@pytest.mark.parametrize(("general", "holds"), [(30, "city"), ("30.01", "nation")])
def test_a_looser_local_norm_gives_way_to_the_upper_one(general: Any, holds: str) -> None:
    local = norm_of(id="city", area="3710", general=Decimal(general), advanced=Decimal(12))
    chosen = _chosen(NATION, local)
    assert chosen.norm.id == holds
    assert [each.code for each in norm_findings(chosen)] == ["allowances.norm_looser"] * (holds == "nation")


def test_one_looser_level_is_enough() -> None:
    local = norm_of(id="city", area="3710", general=Decimal(20), advanced=Decimal(13))
    assert _chosen(NATION, local).norm is NATION


def test_units_are_made_alike_before_norms_are_compared() -> None:
    litres = norm_of(id="city", area="3710", unit="L/(人·a)", general=Decimal(20_000), advanced=Decimal(8000))
    assert _chosen(PROVINCE, litres).norm is litres
    assert is_norm_looser(
        norm_of(unit="m³/100人", general=Decimal(3001)), norm_of(unit="m³/人", general=Decimal(30))
    )


@pytest.mark.parametrize(("per_hundred", "is_looser"), [(3001, True), (3000, False)])
def test_a_norm_for_a_hundred_counts_hundredths(per_hundred: int, is_looser: bool) -> None:
    cloth = norm_of(unit="m³/100m", general=Decimal(per_hundred), advanced=None)
    assert is_norm_looser(cloth, norm_of(unit="m³/m", general=Decimal(30))) is is_looser


def test_norms_that_count_other_things_are_told_and_the_nearest_holds() -> None:
    by_area = norm_of(id="city", area="3710", unit="m³/(m²·a)", general=Decimal(99))
    chosen = _chosen(PROVINCE, by_area)
    assert chosen.norm is by_area
    assert [each.code for each in norm_findings(chosen)] == ["allowances.norm_incomparable"]


def test_product_and_condition_must_be_the_same() -> None:
    boarding = norm_of(id="boarding", condition="有住宿")
    assert _chosen(PROVINCE, boarding).norm is PROVINCE
    assert _chosen(PROVINCE, boarding, condition="有住宿").norm is boarding
    assert choose_norm([PROVINCE], _wanted(product="医院")) is None


@pytest.mark.parametrize(("industry", "fits"), [("17", True), ("1711", True), ("18", False), ("", True)])
def test_an_industry_fits_its_parents_and_its_parts(industry: str, fits: bool) -> None:
    assert (choose_norm([norm_of(industry="171")], _wanted(industry=industry)) is not None) is fits


def test_a_later_edition_of_the_same_place_replaces_the_earlier_one() -> None:
    later = norm_of(id="later", valid_from=date(2026, 1, 1))
    assert _chosen(PROVINCE, later).norm is later
    assert _chosen(PROVINCE, later, on=date(2025, 12, 31)).norm is PROVINCE


def test_an_edition_that_was_replaced_does_not_come_back() -> None:
    ended = norm_of(id="later", valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))
    assert _chosen(PROVINCE, ended, on=date(2025, 12, 31)).norm is ended
    assert choose_norm([PROVINCE, ended], _wanted(on=date(2026, 1, 1))) is None
    assert _chosen(NATION, PROVINCE, ended, on=date(2026, 1, 1)).norm is NATION
    other = norm_of(id="other", industry="92", valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))
    assert _chosen(PROVINCE, other, on=date(2026, 1, 1)).norm is PROVINCE


def test_a_norm_that_was_withdrawn_later_still_held_as_known_before() -> None:
    gone = norm_of(id="gone", valid_from=date(2025, 1, 1), withdrawn_on=date(2026, 6, 1))
    assert _chosen(PROVINCE, gone, known_on=date(2026, 5, 31)).norm is gone
    assert _chosen(PROVINCE, gone, known_on=date(2026, 6, 1)).norm is PROVINCE
    assert _chosen(PROVINCE, gone).norm is PROVINCE
