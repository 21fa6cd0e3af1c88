"""Values of indicators: worked cases, what is missing is named, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.made import (
    KM_PER_WAN,
    M3,
    M3_PER_WAN,
    MPA,
    PERCENT,
    RATIO,
    WAN_M3,
    book,
    indicator,
)
from shuiheng.indicators.errors import NoBaseYearError, NotDefinedError, UnknownChoiceError
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.facts import FactKey, Grade

DECLINE = "1 - use / (base(product) * chain(growth)) / base(use / product)"
LOSS = indicator(
    "(supplied - registered) / supplied - clamp(0.08 * household_share, 0, 0.08)"
    " - clamp(0.99 * (length / supplied / one_km_per_wan - 0.0693), 0 - 0.03, 0.03)"
    " - 0.005 * above(pressure, low) - 0.005 * above(pressure, middle) - 0.01 * above(pressure, high)",
    PERCENT,
    constants={
        "low": ("0.35", MPA),
        "middle": ("0.55", MPA),
        "high": ("0.75", MPA),
        "one_km_per_wan": ("1", KM_PER_WAN),
    },
)


def _supply(length: str, pressure: str = "0.40", share: str = "0.60") -> IndicatorFigure:
    facts = book(
        supplied={2024: "5000"},
        registered={2024: "4300"},
        household_share={2024: share},
        length={2024: length},
        pressure={2024: pressure},
    )
    return evaluate(LOSS, Question(year=2024), facts)


def test_the_decline_at_constant_prices_is_that_of_the_worked_case() -> None:
    """Vector GDP-1: from 35.00 to 22.05 m³ for 10,000 yuan is a decline of 37.0 %."""
    facts = book(
        use={2015: "35", 2020: "22.05"},
        product={2015: "1"},
        growth=dict.fromkeys(range(2016, 2021), "100"),
    )
    asked = Question(year=2020, base_year=2015)
    assert evaluate(indicator(DECLINE, PERCENT), asked, facts).value == Decimal("37")


def test_growth_is_counted_once_for_each_year_after_the_base() -> None:
    facts = book(
        use={2020: "100", 2022: "100"}, product={2020: "10"}, growth={2021: "110", 2022: "120", 2020: "900"}
    )
    found = evaluate(indicator(DECLINE, RATIO), Question(year=2022, base_year=2020), facts)
    assert found.value == 1 - 1 / Decimal("1.32")
    assert FactKey("growth", 2020) not in {each.key for each in found.used}


def test_the_efficiency_of_irrigation_is_weighted_by_intake() -> None:
    """Vector IRR-1."""
    rows = {
        "large": ("3000", "0.52"),
        "medium": ("2000", "0.56"),
        "small": ("1500", "0.62"),
        "well": ("100", "0.85"),
    }
    facts = book(
        intake={(2024, name): intake for name, (intake, _) in rows.items()},
        efficiency={(2024, name): efficiency for name, (_, efficiency) in rows.items()},
    )
    found = evaluate(indicator("each(intake * efficiency) / each(intake)", RATIO), Question(year=2024), facts)
    assert found.value == Decimal(3695) / Decimal(6600)
    assert found.value.quantize(Decimal("0.00001")) == Decimal("0.55985")


@pytest.mark.parametrize(
    ("length", "pressure", "share", "expected"),
    [
        ("1500", "0.40", "0.60", "5.70"),  # CJJ-1
        ("400", "0.40", "0.60", "7.6407"),  # CJJ-2
        ("1500", "0.35", "0.60", "6.20"),
        ("1500", "0.55", "0.60", "5.70"),
        ("1500", "0.76", "0.60", "4.20"),
        ("1", "0.30", "0", "17.00"),
    ],
)
def test_the_corrected_loss_rate_is_that_of_the_worked_cases(
    length: str, pressure: str, share: str, expected: str
) -> None:
    assert _supply(length, pressure, share).value == Decimal(expected)


def test_all_that_is_missing_is_named_and_nothing_is_guessed() -> None:
    found = evaluate(indicator(DECLINE, PERCENT), Question(year=2020, base_year=2018), book(use={2020: "9"}))
    assert found.value is None and not found.arithmetic
    missing = {(key.fact, key.year) for key in found.missing}
    assert missing == {("product", 2018), ("use", 2018), ("growth", 2019), ("growth", 2020)}
    assert found.worst_shares[Grade.MISSING] == 1


def test_a_class_without_its_efficiency_leaves_the_whole_unknown() -> None:
    facts = book(intake={(2024, "large"): "1", (2024, "well"): "1"}, efficiency={(2024, "large"): "0.5"})
    found = evaluate(indicator("each(intake * efficiency) / each(intake)", RATIO), Question(year=2024), facts)
    assert found.value is None and found.missing == (FactKey("efficiency", 2024, "well"),)


def test_a_division_by_nothing_has_no_value_and_says_so() -> None:
    facts = book(use={2024: "1"}, product={2024: "0"})
    found = evaluate(indicator("use / product", M3_PER_WAN), Question(year=2024), facts)
    assert (found.value, found.missing, found.stopped) == (None, (), "zero")


def test_a_part_is_meant_as_it_is_chosen() -> None:
    made = indicator("total", WAN_M3, parts={"total": {"all": "use", "without": "use - other_use"}})
    facts = book(use={2024: "10"}, other_use={2024: "3"})
    assert evaluate(made, Question(year=2024), facts).value == 10
    chosen = Question(year=2024, choices={"total": "without"})
    assert evaluate(made, chosen, facts).value == 7
    with pytest.raises(UnknownChoiceError):
        evaluate(made, Question(year=2024, choices={"total": "moon"}), facts)


def test_the_arithmetic_is_written_with_its_figures() -> None:
    facts = book(use={2024: "10"}, other_use={2024: "3"})
    found = evaluate(indicator("(use - other_use) / use", PERCENT), Question(year=2024), facts)
    assert (found.value, found.arithmetic) == (Decimal(70), "(100000 − 30000) ÷ 100000")


def test_a_base_year_must_lie_before_the_year() -> None:
    with pytest.raises(NoBaseYearError):
        evaluate(indicator(DECLINE, PERCENT), Question(year=2020, base_year=2020), book())
    with pytest.raises(NotDefinedError):
        evaluate(indicator("use", M3), Question(year=1999), book())


AMOUNTS = st.integers(1, 10**9).map(str)


@given(use=AMOUNTS, other=AMOUNTS)
def test_the_unit_in_which_a_value_is_told_does_not_change_the_amount(use: str, other: str) -> None:
    facts = book(use={2024: use}, other_use={2024: other})
    asked = Question(year=2024)
    as_m3 = evaluate(indicator("use + other_use", M3), asked, facts).value
    as_wan = evaluate(indicator("use + other_use", WAN_M3), asked, facts).value
    assert as_m3 is not None and as_wan is not None and as_m3 == as_wan * 10_000


def test_a_value_speaks_up_to_the_earliest_day_of_its_facts() -> None:
    known = book(use={2024: "5"}, product={2024: "2"})
    whole = evaluate(indicator("use / product", M3_PER_WAN), Question(year=2024), known)
    assert whole.up_to == date(2024, 12, 31)
    early = replace(known.figures[FactKey("use", 2024)], up_to=date(2024, 9, 30))
    part = replace(known, figures={**known.figures, FactKey("use", 2024): early})
    assert evaluate(indicator("use / product", M3_PER_WAN), Question(year=2024), part).up_to == date(
        2024, 9, 30
    )
