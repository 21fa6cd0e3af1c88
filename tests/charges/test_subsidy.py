"""The subsidy for irrigation water that was spared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from charges.made import dated
from shuiheng.charges.errors import BadRuleError, NoPriceError, UnknownFigureError
from shuiheng.charges.steps import Figure
from shuiheng.charges.subsidy import Irrigation, Metered, agricultural_subsidy, subsidy_rule_of
from shuiheng.rules.parameter import Value

RULE: dict[str, Value] = {"rate": {"grain": Decimal("0.05")}, "cap": Decimal(200)}


def figure(value: str | None) -> Figure | None:
    return None if value is None else Figure(value=Decimal(value))


def field(volume: str | None, *, crop: str = "grain", metered: Metered = Metered.METER) -> Irrigation:
    return Irrigation(
        crop=crop, area_mu=figure("100"), norm_m3_mu=figure("300"), volume=figure(volume), metered=metered
    )


@pytest.mark.parametrize(
    ("volume", "expected"), [("29000", 50), ("30000", 0), ("31000", 0), ("26000", 200), ("25999", 200)]
)
def test_only_what_was_spared_is_paid_up_to_the_cap(volume: str, expected: int) -> None:
    assert agricultural_subsidy(subsidy_rule_of(dated(RULE)), field(volume)).value == expected


def test_an_estimate_earns_nothing_unless_the_rule_says_so() -> None:
    with pytest.raises(UnknownFigureError, match="metered_volume"):
        agricultural_subsidy(subsidy_rule_of(dated(RULE)), field("1", metered=Metered.ESTIMATE))
    lenient = subsidy_rule_of(dated(RULE | {"needs_meter": "no"}))
    assert agricultural_subsidy(lenient, field("29000", metered=Metered.ESTIMATE)).value == 50
    assert (
        agricultural_subsidy(subsidy_rule_of(dated(RULE)), field("29000", metered=Metered.POWER)).value == 50
    )


def test_what_is_not_known_earns_nothing_and_is_named() -> None:
    with pytest.raises(UnknownFigureError, match="volume of grain"):
        agricultural_subsidy(subsidy_rule_of(dated(RULE)), field(None))


def test_a_crop_needs_a_rate() -> None:
    with pytest.raises(NoPriceError):
        agricultural_subsidy(subsidy_rule_of(dated(RULE)), field("1", crop="cotton"))
    one = subsidy_rule_of(dated({"rate": Decimal("0.1")}))
    assert agricultural_subsidy(one, field("29000", crop="cotton")).value == 100
    for bad in (
        {"rate": Decimal(-1)},
        {"cap": Decimal(-1), "rate": Decimal(1)},
        {},
        RULE | {"needs_meter": "No"},
    ):
        with pytest.raises(BadRuleError):
            subsidy_rule_of(dated(bad))


def test_the_steps_show_norm_and_spared_water() -> None:
    steps = agricultural_subsidy(subsidy_rule_of(dated(RULE)), field("29000")).steps
    assert [step.formula for step in steps] == [
        "100 × 300", "max(0, 30000 − 29000)", "1000 × 0.05", "min(50, 200)", "50 → 50.00"
    ]  # fmt: skip
