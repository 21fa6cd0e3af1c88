"""Errors say what, where, why and what to do."""

from __future__ import annotations

from decimal import Decimal

from charges.made import dated
from shuiheng.charges.errors import BadFigureError, BadRuleError, NoPriceError, UnknownFigureError


def test_a_bad_rule_names_rule_place_day_source_and_field() -> None:
    said = str(BadRuleError(dated("x"), "bands[2].up_to", "must lie above 0.3"))
    assert said == (
        "charges.bad_rule: charges/over_plan_ladder of 9901 from 2024-01-01 (made-up, 1): "
        "`bands[2].up_to` must lie above 0.3. Propose a corrected value; the old one is not edited."
    )


def test_an_unknown_figure_is_never_zero() -> None:
    assert "plan of 2026-03 is not known" in str(UnknownFigureError("plan", "2026-03"))
    assert "the volume is not known" in str(UnknownFigureError("volume"))


def test_a_bad_figure_names_its_value() -> None:
    assert "volume is -1, but it cannot be below 0" in str(
        BadFigureError("volume", Decimal(-1), "it cannot be below 0")
    )


def test_a_missing_price_names_the_classes_that_have_one() -> None:
    assert "no price for 'bath'; it has golf, ski" in str(NoPriceError("charges/x", "bath", ("golf", "ski")))
