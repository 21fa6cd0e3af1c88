"""Rules read from values of the rulebook; what cannot be charged by is refused with its field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from charges.made import bands, dated, ladder
from shuiheng.charges.errors import BadRuleError
from shuiheng.charges.model import Mode, Period, Reach
from shuiheng.charges.readers import household_tariff_of, ladder_of, price_list_of
from shuiheng.rules.parameter import Value

TIERS: dict[str, Value] = {
    "period": "month",
    "persons": {"included": Decimal(3), "extra_m3": Decimal(5)},
    "shared": {"tier": Decimal(1)},
    "tiers": (
        {"up_to": Decimal(17), "supply": Decimal("2.40"), "sewage": Decimal(1)},
        {"up_to": Decimal(30), "supply": Decimal("4.32"), "sewage": Decimal(1)},
        {"supply": Decimal(6), "sewage": Decimal(1)},
    ),
}


def test_a_ladder_keeps_what_its_value_says() -> None:
    found = ladder(("0.1", "1"), ("", "2"), mode="total", dead_band="0.05", period="quarter", rounding="0.1")
    assert (found.mode, found.period, found.reach) == (Mode.TOTAL, Period.QUARTER, Reach.SLICES)
    assert (found.dead_band, found.rounding) == (Decimal("0.05"), Decimal("0.1"))
    assert [(band.up_to, band.multiple) for band in found.bands] == [(Decimal("0.1"), 1), (None, 2)]
    assert found.citation.rule == "charges/over_plan_ladder"
    assert ladder(("", "1")).rounding == Decimal("0.01")


@pytest.mark.parametrize(
    ("pairs", "fields", "field"),
    [
        ((("0.1", "1"), ("0.3", "2")), {}, r"`bands\[2\].up_to` must be left open"),
        ((("0.3", "1"), ("0.1", "2"), ("", "3")), {}, r"`bands\[2\].up_to` must lie above 0.3"),
        ((("0.3", "1"), ("0.3", "2"), ("", "3")), {}, r"`bands\[2\].up_to` must lie above 0.3"),
        ((("", "1"), ("", "2")), {}, r"`bands\[1\].up_to` is missing"),
        ((("0.05", "1"), ("", "2")), {"dead_band": "0.05"}, r"`bands\[1\].up_to` must lie above 0.05"),
        ((("", "0.9"),), {"mode": "total"}, r"`bands\[1\].multiple` must be at least 1"),
        ((("", "-1"),), {}, r"`bands\[1\].multiple` must be at least 0"),
        ((), {}, "`bands` must be a list"),
        ((("", "1"),), {"rounding": "0.05"}, "`rounding` must be a power of ten"),
        ((("", "1"),), {"rounding": "0"}, "`rounding` must be a power of ten"),
        ((("", "1"),), {"dead_band": "-1"}, "`dead_band` must not be below 0"),
        ((("", "1"),), {"mode": "twice"}, "`mode` must be one of additional, total"),
    ],
)
def test_a_ladder_that_cannot_be_charged_by_is_refused(
    pairs: tuple[tuple[str, str], ...], fields: dict[str, str], field: str
) -> None:
    with pytest.raises(BadRuleError, match=field):
        ladder(*pairs, **fields)


def test_a_multiple_must_be_said() -> None:
    record: dict[str, Value] = {
        "period": "month",
        "measure": "plan",
        "mode": "total",
        "price_base": "same_use",
    }
    with pytest.raises(BadRuleError, match=r"`bands\[1\].multiple` must be a number"):
        ladder_of(dated(record | {"bands": ({"up_to": Decimal(1)},)}))
    with pytest.raises(BadRuleError, match="`period`"):
        ladder_of(dated({"mode": "total", "bands": bands(("", "1"))}))


def test_tiers_keep_prices_by_component() -> None:
    found = household_tariff_of(dated(TIERS))
    assert [tier.up_to for tier in found.tiers] == [17, 30, None]
    assert found.tiers[1].prices == {"supply": Decimal("4.32"), "sewage": 1}
    assert found.persons is not None and found.persons.included == 3
    assert found.shared == {"supply": Decimal("2.40"), "sewage": 1}


def test_a_shared_meter_may_have_prices_of_its_own() -> None:
    found = household_tariff_of(dated(TIERS | {"shared": {"supply": Decimal(3)}}))
    assert found.shared == {"supply": 3}
    bare = {name: value for name, value in TIERS.items() if name not in ("shared", "persons")}
    assert household_tariff_of(dated(bare)).shared is None
    assert household_tariff_of(dated(bare)).persons is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"shared": {"tier": Decimal(4)}}, "`shared.tier` must be from 1 to 3"),
        ({"period": "quarter"}, "`period` must be month, two_months or year"),
        ({"persons": {"included": Decimal("2.5"), "extra_m3": Decimal(5)}}, "`persons.included`"),
        ({"persons": {"included": Decimal(3), "extra_m3": Decimal(-5)}}, "`persons.extra_m3`"),
        ({"tiers": ({"sewage": Decimal(1)},)}, r"`tiers\[1\].supply` must be a number"),
        ({"tiers": ({"supply": Decimal(-1)},)}, r"`tiers\[1\].supply` must not be below 0"),
        (
            {
                "tiers": (
                    {"up_to": Decimal(1), "supply": Decimal(1)},
                    {"supply": Decimal(1), "sewage": Decimal(1)},
                )
            },
            r"`tiers\[2\].prices` must have the components",
        ),
    ],
)
def test_tiers_that_cannot_be_billed_by_are_refused(changed: dict[str, Value], field: str) -> None:
    with pytest.raises(BadRuleError, match=field):
        household_tariff_of(dated(TIERS | changed))


def test_one_price_is_for_all_classes() -> None:
    assert price_list_of(dated(Decimal("4.32"))).by_class == {"all": Decimal("4.32")}
    assert price_list_of(dated({"industry": Decimal(5)})).by_class == {"industry": 5}
    with pytest.raises(BadRuleError, match="`industry` must not be below 0"):
        price_list_of(dated({"industry": Decimal(-5)}))
    with pytest.raises(BadRuleError, match="`value` must be a record"):
        price_list_of(dated("much"))
