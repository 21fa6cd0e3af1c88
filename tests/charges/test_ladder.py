"""The surcharge above a plan: both sides of every edge, the two meanings of a multiple, what is unknown."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charges.made import ladder, price, use
from shuiheng.charges.errors import BadFigureError, UnknownFigureError
from shuiheng.charges.ladder import Use, months_charged, surcharge, surcharges_by_source
from shuiheng.charges.model import Ladder, Period
from shuiheng.charges.steps import Figure

THREE = (("0.10", "1"), ("0.30", "2"), ("", "3"))
TOTAL = (("0.20", "2"), ("0.50", "3"), ("", "4"))
SHARES = (("0.30", "0.2"), ("0.50", "0.5"), ("", "1"))


def amount(rule: Ladder, *uses: Use, before: str | None = None) -> Decimal:
    charged = Figure(value=Decimal(before)) if before is not None else None
    return surcharge(rule, uses, charged_before=charged).amount.value


def test_each_slice_is_charged_at_its_own_multiple() -> None:
    found = surcharge(ladder(*THREE), [use("14000", "10000")])
    assert [each.volume_m3 for each in found.slices] == [1000, 2000, 1000]
    assert [each.multiple for each in found.slices] == [1, 2, 3]
    assert found.amount.value == Decimal("34560.00")  # 8,000 units at 4.32
    assert str(found.amount.value) == "34560.00"


def test_a_multiple_may_be_a_share_of_the_price() -> None:
    assert amount(ladder(*SHARES), use("16000", "10000")) == Decimal("11232.00")


def test_a_total_multiple_holds_the_base_price_already() -> None:
    found = surcharge(ladder(*TOTAL, mode="total"), [use("14000", "10000", "1")])
    assert found.over_part == 10_000  # 2,000 at twice and 2,000 at three times the price
    assert found.amount.value == 6_000  # the base bill already holds 4,000 of it


def test_an_additional_multiple_comes_on_top_of_the_base_price() -> None:
    found = surcharge(ladder(*TOTAL), [use("14000", "10000", "1")])
    assert (found.amount.value, found.over_part) == (10_000, 14_000)


@pytest.mark.parametrize(
    ("volume", "expected"),
    [("1000", "0"), ("1099", "297"), ("1100", "300"), ("1101", "306"), ("1299", "1494"), ("1300", "1500"),
     ("1301", "1509")],
)  # fmt: skip
def test_slices_do_not_jump_at_an_edge(volume: str, expected: str) -> None:
    assert amount(ladder(*THREE), use(volume, "1000", "3")) == Decimal(expected)


@pytest.mark.parametrize(
    ("volume", "expected"),
    [("1099", "297"), ("1100", "300"), ("1101", "606"), ("1299", "1794"), ("1300", "1800"),
     ("1301", "2709")],
)  # fmt: skip
def test_a_rule_on_the_whole_excess_jumps_behind_each_edge(volume: str, expected: str) -> None:
    assert amount(ladder(*THREE, reach="whole"), use(volume, "1000", "3")) == Decimal(expected)


@pytest.mark.parametrize("reach", ["slices", "whole"])
def test_with_a_plan_of_zero_all_use_lies_in_the_last_band(reach: str) -> None:
    found = surcharge(ladder(*THREE, reach=reach, dead_band="0.05"), [use("10", "0", "3")])
    assert found.amount.value == 90
    assert [each.since for each in found.slices] == [None]


def test_without_a_plan_nothing_is_charged_and_nothing_is_zero() -> None:
    with pytest.raises(UnknownFigureError, match="plan of 2026-03 is not known"):
        surcharge(ladder(*THREE), [use("10", None, label="2026-03")])
    with pytest.raises(UnknownFigureError, match="norm_volume"):
        surcharge(ladder(*THREE, measure="norm"), [use("10", None)])


def test_an_unknown_volume_is_refused() -> None:
    with pytest.raises(UnknownFigureError, match="volume of 2026-03"):
        surcharge(ladder(*THREE), [use("10", "10"), use(None, "10", label="2026-03")])
    with pytest.raises(UnknownFigureError):
        surcharge(ladder(*THREE), [])


def test_a_negative_volume_is_refused() -> None:
    with pytest.raises(BadFigureError, match="volume is -1"):
        surcharge(ladder(*THREE), [use("-1", "10")])


@pytest.mark.parametrize(
    ("volume", "expected"),
    [("1050", "0"), ("1050.002", "0.01"), ("1051", "6"), ("1200", "900"), ("1201", "909")],
)
def test_the_first_band_begins_behind_the_dead_band(volume: str, expected: str) -> None:
    rule = ladder(("0.20", "2"), ("", "3"), dead_band="0.05")
    assert amount(rule, use(volume, "1000", "3")) == Decimal(expected)


def test_months_of_a_quarter_are_added_before_they_are_compared() -> None:
    rule = ladder(*THREE, period="quarter")
    months = [use("150", "100", "1"), use("80", "100", "1"), use("90", "100", "1")]
    assert amount(rule, *months) == 20  # 320 against 300


def test_the_year_to_date_takes_off_what_was_charged_before() -> None:
    rule = ladder(*THREE, period="year_to_date")
    january, february, march = use("130", "100", "1"), use("60", "100", "1"), use("150", "100", "1")
    first = amount(rule, january, before="0")
    second = amount(rule, january, february, before=str(first))
    third = amount(rule, january, february, march, before=str(first + second))
    assert (first, second) == (50, -50)  # 10 + 20 × 2, and all of it back
    assert first + second + third == amount(rule, use("340", "300", "1"))


def test_an_excess_that_fell_gives_back_what_arose_last() -> None:
    rule = ladder(("0.50", "1"), ("", "2"), period="quarter")
    months = [use("120", "100", "1"), use("130", "100", "5"), use("90", "100", "9")]
    assert amount(rule, *months) == 20 * 1 + 20 * 5  # 10 of the 30 at price 5 are gone


def test_layers_are_printed_only_where_prices_differ() -> None:
    rule = ladder(("0.50", "1"), ("", "2"), period="quarter")

    def said(*prices: str) -> list[tuple[str, str, str]]:
        months = [use("130", "100", price, label=f"0{place}") for place, price in enumerate(prices, 1)]
        steps = surcharge(rule, months).amount.steps
        return [
            (step.name, step.label, step.formula)
            for step in steps
            if step.name in ("excess_layer", "band_amount")
        ]

    assert said("2", "2", "2") == [("band_amount", "0–50%", "90 × 1 × 2")]
    assert said("2", "2", "3") == [
        ("excess_layer", "01", "60 − 0"),
        ("excess_layer", "03", "90 − 60"),
        ("band_amount", "0–50% 01", "60 × 1 × 2"),
        ("band_amount", "0–50% 03", "30 × 1 × 3"),
    ]


def test_sources_are_kept_apart() -> None:
    uses = {"ground": [use("200", "100", "1")], "surface": [use("0", "1000", "1")]}
    found = surcharges_by_source(dict.fromkeys(uses, ladder(("", "1"))), uses)
    assert {source: each.amount.value for source, each in found.items()} == {"ground": 100, "surface": 0}


def test_the_steps_print_their_arithmetic_and_lead_to_the_amount() -> None:
    steps = surcharge(ladder(*THREE), [use("1100.5", "1000", "3")]).amount.steps
    said = {(step.name, step.label): step.formula for step in steps}
    assert said["excess", ""] == "max(0, 1100.5 − 1000)"
    assert said["band_volume", "0–10%"] == "min(100.5, 0.1 × 1000)"
    assert said["band_volume", "10–30%"] == "min(100.5, 0.3 × 1000) − 0.1 × 1000"
    assert said["band_amount", "10–30%"] == "0.5 × 2 × 3"
    assert said["surcharge", ""] == "303 → 303.00"


def test_an_amount_on_a_rule_that_nobody_checked_is_a_trial() -> None:
    checked = surcharge(ladder(*THREE), [use("14000", "10000")]).amount
    assert not checked.is_trial
    assert surcharge(ladder(*THREE, is_checked=False), [use("14000", "10000")]).amount.is_trial
    doubtful = Use(volume=Figure(value=Decimal(9)), allowed=Figure(value=Decimal(1)),
                   price=price("4.32", is_binding=False))  # fmt: skip
    assert surcharge(ladder(*THREE), [doubtful]).amount.is_trial


def test_the_digits_set_by_a_caller_do_not_change_an_amount() -> None:
    with localcontext(prec=4):
        assert amount(ladder(*THREE), use("14000.123", "10000", "4.3217")) == Decimal("34575.19")


def test_rounding_goes_half_up_where_the_rule_puts_it() -> None:
    assert amount(ladder(("", "1")), use("1.5", "1", "0.25")) == Decimal("0.13")
    assert amount(ladder(("", "1"), rounding="0.1"), use("1.5", "1", "0.5")) == Decimal("0.3")


@pytest.mark.parametrize(
    ("period", "month", "months"),
    [
        (Period.MONTH, 5, (5,)),
        (Period.TWO_MONTHS, 5, ()),
        (Period.TWO_MONTHS, 6, (5, 6)),
        (Period.QUARTER, 9, (7, 8, 9)),
        (Period.YEAR_TO_DATE, 3, (1, 2, 3)),
        (Period.YEAR, 11, ()),
        (Period.YEAR, 12, tuple(range(1, 13))),
    ],
)
def test_a_charge_covers_the_months_of_its_period(
    period: Period, month: int, months: tuple[int, ...]
) -> None:
    assert months_charged(period, month) == months


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 10**6))
def test_more_use_never_costs_less_and_slices_add_up(litres: int, more: int, plan: int) -> None:
    rule = ladder(*THREE, dead_band="0.02")
    small = surcharge(rule, [use(f"{litres}e-3", f"{plan}e-3")])
    large = surcharge(rule, [use(f"{litres + more}e-3", f"{plan}e-3")])
    assert large.amount.value >= small.amount.value >= 0
    assert sum(each.volume_m3 for each in small.slices) == small.excess_m3


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=12))
def test_billing_to_date_ends_where_one_bill_of_the_year_ends(months: list[tuple[int, int]]) -> None:
    rule = ladder(*THREE, period="year_to_date")
    uses = [use(f"{volume}e-3", f"{plan}e-3") for volume, plan in months]
    charged = Decimal(0)
    for end in range(1, len(uses) + 1):
        charged += amount(rule, *uses[:end], before=str(charged))
    assert charged == amount(rule, *uses)
