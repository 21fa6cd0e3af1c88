"""The tax on abstraction: cumulative, with multiples over the plan and the loss of suppliers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charges.made import dated, ladder, price
from shuiheng.charges.errors import BadFigureError, BadRuleError, NoPriceError, UnknownFigureError
from shuiheng.charges.readers import price_list_of
from shuiheng.charges.resource_tax import (
    Abstraction,
    consumed_share,
    resource_tax,
    share_after_loss,
    tax_rate,
)
from shuiheng.charges.steps import Figure

TOTAL = ladder(("0.20", "2"), ("0.40", "2.5"), ("", "3"), mode="total", period="year_to_date")
ADDED = ladder(("0.20", "1"), ("0.40", "1.5"), ("", "2"), period="year_to_date")


def taken(volume: str | None, plan: str | None, rate: str = "1", label: str = "") -> Abstraction:
    return Abstraction(
        volume=None if volume is None else Figure(value=Decimal(volume)),
        plan=None if plan is None else Figure(value=Decimal(plan)),
        rate=price(rate),
        label=label,
    )


@pytest.mark.parametrize(("rate", "expected"), [("1", 220_000), ("4", 880_000)])
def test_multiples_grow_with_the_excess(rate: str, expected: int) -> None:
    tax = resource_tax([taken("150000", "100000", rate)], ladder=TOTAL)
    assert (tax.due.value, tax.excess) == (expected, 50_000)


def test_an_additional_multiple_is_one_less() -> None:
    assert resource_tax([taken("150000", "100000")], ladder=ADDED).due.value == 220_000


@pytest.mark.parametrize(
    ("volume", "expected"), [("100000", "100000"), ("120000", "140000"), ("120001", "140002.50")]
)
def test_an_edge_belongs_to_the_band_below(volume: str, expected: str) -> None:
    assert resource_tax([taken(volume, "100000")], ladder=TOTAL).due.value == Decimal(expected)


@pytest.mark.parametrize(
    ("volume", "expected"), [("105000", "105000"), ("105001", "105002"), ("110000", "115000")]
)
def test_in_a_dead_band_the_rate_itself_is_due(volume: str, expected: str) -> None:
    rule = ladder(("0.10", "2"), ("", "3"), mode="total", period="year", dead_band="0.05")
    assert resource_tax([taken(volume, "100000")], ladder=rule).due.value == Decimal(expected)


@pytest.mark.parametrize(("volume", "expected"), [("120000", "140000"), ("120001", "150002.50")])
def test_the_whole_excess_has_the_multiple_that_it_reaches_where_the_rule_says_so(
    volume: str, expected: str
) -> None:
    rule = ladder(("0.20", "2"), ("", "2.5"), mode="total", period="year", reach="whole")
    assert resource_tax([taken(volume, "100000")], ladder=rule).due.value == Decimal(expected)


def test_a_supplier_is_not_taxed_on_its_reasonable_loss() -> None:
    share = share_after_loss(dated(Decimal("0.15"), rule="charges/reasonable_loss_rate"))
    tax = resource_tax([taken("10000000", None, "0.2")], taxed=share)
    assert tax.due.value == 1_700_000
    assert share.steps[-1].formula == "1 − 0.15"


def test_cooling_is_taxed_on_what_it_consumes() -> None:
    share = consumed_share(dated(Decimal("0.01"), rule="charges/once_through_consumed_share"))
    assert resource_tax([taken("10000000", None, "0.2")], taxed=share).due.value == 20_000


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises(BadRuleError, match="must be from 0 to 1"):
        share_after_loss(dated(Decimal("15")))


def test_with_a_plan_of_zero_all_is_taxed_at_the_last_multiple() -> None:
    assert resource_tax([taken("10", "0")], ladder=TOTAL).due.value == 30


def test_what_is_not_known_is_not_taxed_as_zero() -> None:
    with pytest.raises(UnknownFigureError, match="plan of 2026-02"):
        resource_tax([taken("1", "1"), taken("1", None, label="2026-02")], ladder=TOTAL)
    with pytest.raises(UnknownFigureError, match="volume"):
        resource_tax([taken(None, "1")], ladder=TOTAL)
    with pytest.raises(UnknownFigureError):
        resource_tax([])
    with pytest.raises(BadFigureError):
        resource_tax([taken("-1", "1")], ladder=TOTAL)


def test_each_part_of_the_year_has_the_rate_of_its_time() -> None:
    parts = [taken("80", "100", "1", "a"), taken("130", "100", "2", "b")]
    tax = resource_tax(parts, ladder=TOTAL, charged_before=Figure(value=Decimal(80)))
    assert tax.to_date == 80 + 120 * 2 + 10 * 2 * 2  # 200 within the plan, 10 at twice the new rate
    assert tax.due.value == tax.to_date - 80


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=6))
def test_quarters_come_to_the_tax_of_the_year(parts: list[tuple[int, int]]) -> None:
    uses = [taken(f"{volume}e-3", f"{plan}e-3", "0.3") for volume, plan in parts]
    charged = Decimal(0)
    for end in range(1, len(uses) + 1):
        charged += resource_tax(uses[:end], ladder=TOTAL, charged_before=Figure(value=charged)).due.value
    volume, plan = (sum(part[place] for part in parts) for place in (0, 1))
    assert charged == resource_tax([taken(f"{volume}e-3", f"{plan}e-3", "0.3")], ladder=TOTAL).due.value


def test_a_rate_is_found_by_class_and_cited() -> None:
    value = dated(
        {"surface_special": Decimal(5), "surface_other": Decimal(1)}, rule="charges/resource_tax_rate"
    )
    found = tax_rate(price_list_of(value), "surface_special")
    assert (found.value, found.citations) == (5, (value.citation,))
    with pytest.raises(NoPriceError):
        tax_rate(price_list_of(value), "ground_other")
    assert tax_rate(price_list_of(dated(Decimal("0.005"))), "hydropower", unit="yuan_kwh").unit == "yuan_kwh"


def test_the_tax_prints_each_band() -> None:
    steps = resource_tax([taken("150000", "100000")], ladder=TOTAL).due.steps
    said = [(step.name, step.label, step.formula) for step in steps if step.name.startswith("tax_")]
    assert said == [
        ("tax_within_plan", "", "100000 × 1"),
        ("tax_over_plan", "0–20%", "20000 × 2 × 1"),
        ("tax_over_plan", "20–40%", "20000 × 2.5 × 1"),
        ("tax_over_plan", ">40%", "10000 × 3 × 1"),
        ("tax_sum", "", "100000 + 40000 + 50000 + 30000"),
    ]


def test_the_tax_says_what_lies_in_the_dead_band() -> None:
    rule = ladder(("", "3"), mode="total", period="year", dead_band="0.05")
    steps = resource_tax([taken("110000", "100000")], ladder=rule).due.steps
    assert [(step.name, step.label, step.formula) for step in steps if step.name.startswith("tax_")][:3] == [
        ("tax_within_plan", "", "100000 × 1"),
        ("tax_in_dead_band", "0–5%", "5000 × 1"),
        ("tax_over_plan", ">5%", "5000 × 3 × 1"),
    ]
