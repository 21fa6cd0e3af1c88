"""New norms are held beside those of the places above and below, on both sides of the edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from allowances.made import norm_of
from shuiheng.allowances.norm_checks import check_new_norms
from shuiheng.allowances.use_norm import UseNorm

TODAY = date(2026, 6, 1)
UPPER = norm_of(id="upper", area="99", general=Decimal(10), valid_from=date(2024, 1, 1))


def _codes(new: UseNorm, *others: UseNorm) -> list[str]:
    found = check_new_norms([new], others, area="9901", today=TODAY)
    assert all(norm is new for norm, _finding in found)
    return [finding.code for _norm, finding in found]


@pytest.mark.parametrize(("general", "codes"), [("10", []), ("10.01", ["allowances.norm_looser"])])
def test_a_norm_of_a_city_may_not_be_looser_than_that_of_its_province(general: str, codes: list[str]) -> None:
    assert _codes(replace(UPPER, id="own", area="9901", general=Decimal(general)), UPPER) == codes


def test_a_stricter_norm_above_makes_the_one_of_the_city_looser() -> None:
    own = replace(UPPER, id="own", area="9901", general=Decimal(9))
    assert _codes(replace(UPPER, general=Decimal(8)), own) == ["allowances.norm_looser"]


def test_a_norm_is_held_against_what_came_after_its_first_day() -> None:
    early = replace(UPPER, id="own", area="9901", general=Decimal(11), valid_from=date(2020, 1, 1))
    assert _codes(early, UPPER) == ["allowances.norm_looser"]
    assert _codes(early, replace(UPPER, valid_from=date(2026, 6, 2))) == []


def test_norms_that_count_different_things_are_told() -> None:
    own = replace(UPPER, id="own", area="9901", unit="L/(床·d)")
    assert _codes(own, UPPER) == ["allowances.norm_incomparable"]


def test_other_products_and_conditions_are_left_alone() -> None:
    looser = replace(UPPER, id="own", area="9901", general=Decimal(99))
    assert _codes(replace(looser, product="毛巾"), UPPER) == []
    assert _codes(replace(looser, condition="五星级"), UPPER) == []
