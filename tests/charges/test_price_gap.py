"""The gap between special trades and other users over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from charges.made import dated
from shuiheng.charges.model import PriceList
from shuiheng.charges.price_gap import narrowed_gaps, price_gaps
from shuiheng.charges.readers import price_list_of


def prices(since: date, price: str) -> PriceList:
    return price_list_of(replace(dated({"all": Decimal(price)}), valid_from=since))


SPECIAL = [prices(date(2020, 1, 1), "12"), prices(date(2023, 5, 1), "13")]
ORDINARY = [prices(date(2021, 1, 1), "4.32"), prices(date(2024, 1, 1), "6")]


def test_the_gap_changes_on_each_day_on_which_a_price_does() -> None:
    gaps = price_gaps(SPECIAL, ORDINARY, trade="bath", use_class="industry")
    assert [(gap.since.year, gap.gap.value) for gap in gaps] == [
        (2021, Decimal("7.68")), (2023, Decimal("8.68")), (2024, 7)
    ]  # fmt: skip
    assert gaps[-1].gap.steps[-1].formula == "13 − 6"


def test_a_narrower_gap_is_found() -> None:
    gaps = price_gaps(SPECIAL, ORDINARY, trade="bath", use_class="industry")
    assert [dict(found.values)["since"] for found in narrowed_gaps(gaps, trade="bath")] == ["2024-01-01"]
    assert narrowed_gaps(gaps[:2], trade="bath") == ()
    assert narrowed_gaps((), trade="bath") == ()


def test_without_both_prices_there_is_no_gap() -> None:
    assert price_gaps(SPECIAL, [], trade="bath", use_class="industry") == ()
