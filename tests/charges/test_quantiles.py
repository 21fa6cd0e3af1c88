"""Tiers against the households that they should cover."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from charges.made import dated
from charges.test_household import MONTHLY, tariff
from shuiheng.charges.quantiles import check_price_ratios, check_tiers_cover, quantile_m3, tier_covers

WANTED = dated({"first": Decimal("0.80"), "second": Decimal("0.95")}, rule="charges/tier_quantiles")
RATIOS = dated({"second": Decimal("1.5"), "third": Decimal(3)}, rule="charges/tier_price_ratios")


@pytest.mark.parametrize(("share", "expected"), [("0.80", 8), ("0.81", 9), ("0.05", 1), ("1", 10)])
def test_a_quantile_is_the_least_use_that_covers_the_share(share: str, expected: int) -> None:
    litres = np.arange(10, 0, -1, dtype=np.int64) * 1000
    assert quantile_m3(litres, Decimal(share)) == expected


def test_a_tier_covers_the_households_up_to_its_edge() -> None:
    litres = np.array([17_000] * 80 + [17_001] * 15 + [31_000] * 5, dtype=np.int64)
    first, second = tier_covers(MONTHLY, litres, WANTED)
    assert (first.within, first.households, first.is_enough) == (80, 100, True)
    assert (second.share, second.is_enough) == (Decimal("0.95"), True)
    assert check_tiers_cover((first, second)) == ()


def test_a_tier_that_covers_too_few_says_which_edge_would_do() -> None:
    litres = np.array([17_000] * 79 + [17_500] + [31_000] * 20, dtype=np.int64)
    found = check_tiers_cover(tier_covers(MONTHLY, litres, WANTED))
    assert [dict(each.values) for each in found] == [
        {"tier": "1", "edge": "17", "share": "79%", "wanted": "80%", "edge_wanted": "17.5"},
        {"tier": "2", "edge": "30", "share": "80%", "wanted": "95%", "edge_wanted": "31"},
    ]


def test_without_households_nothing_is_said() -> None:
    assert tier_covers(MONTHLY, np.array([], dtype=np.int64), WANTED) == ()


def test_ratios_are_those_of_the_supply_price() -> None:
    assert [dict(found.values)["tier"] for found in check_price_ratios(MONTHLY, RATIOS)] == [
        "3"
    ]  # 1 : 1.8 : 2.5
    exact = tariff(
        ("15", {"supply": "1.42", "sewage": "1.42"}),
        ("25", {"supply": "2.13", "sewage": "1.42"}),
        ("", {"supply": "4.26", "sewage": "1.42"}),
    )
    assert check_price_ratios(exact, RATIOS) == ()  # on the totals it would be 1 : 1.25 : 2
