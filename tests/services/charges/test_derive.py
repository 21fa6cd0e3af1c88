"""What keeps an amount from being known is said, and no amount is made up in its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import City, book, ladder, use_book
from shuiheng.adapters.records.use_figures import Use
from shuiheng.services.charges.derive import Drafted, derive_charge
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.run_figures import Payable
from shuiheng.services.charges.run_rules import run_rules

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)
KNOWN = Use(told_litres=120_000, meters=1, measured_seconds=1, weight_litres=120_000)


def _drafted(city: City, *, kind: RunKind = RunKind.OVER_PLAN, **given: object) -> Drafted:
    named = {
        "user": 1,
        "number": "000001",
        "allowance": 1,
        "price_class": "non_residential",
        "uses": {MARCH: KNOWN},
        "allowed": {MARCH: Decimal(100)},
    }
    rules = run_rules(city.metered.place, kind, MARCH)
    return derive_charge(kind, rules, Payable(**(named | given)), None)  # type: ignore[arg-type]


def _codes(drafted: Drafted) -> list[str]:
    return [each.code for each in drafted.findings]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"uses": {}}, "charges.no_volume"),
        ({"uses": {MARCH: KNOWN._replace(silent=1, meters=2)}}, "charges.no_volume"),
        ({"uses": {MARCH: KNOWN._replace(missing_seconds=1)}}, "charges.no_volume"),
        ({"allowed": None}, "charges.no_plan"),
        ({"price_class": None}, "charges.price_class_unclear"),
    ],
)
def test_a_figure_that_is_not_known_gives_no_amount(city: City, given: dict[str, object], code: str) -> None:
    drafted = _drafted(city, **given)
    assert drafted.amount is None
    assert code in _codes(drafted)


def test_a_plan_of_0_is_a_plan_and_all_use_lies_in_the_last_band(city: City) -> None:
    drafted = _drafted(city, allowed={MARCH: Decimal(0)})
    assert drafted.amount is not None
    assert drafted.amount.value == Decimal(120) * 3 * 4
    assert _codes(drafted) == ["charges.plan_is_zero"]


@pytest.mark.parametrize(
    ("allowed", "yuan", "codes"),
    [
        (None, "576.00", ["charges.tax_without_plan"]),  # 360 m³ × 1.60
        (Decimal(100), "720.00", []),  # of 60 m³ over plan 30 at one rate more, 30 at two
    ],
)
def test_a_tax_at_the_single_rate_for_want_of_a_plan_says_so(
    city: City, allowed: Decimal | None, yuan: str, codes: list[str]
) -> None:
    months = [date(2025, month, 1) for month in (1, 2, 3)]
    drafted = _drafted(
        city,
        kind=RunKind.RESOURCE_TAX,
        price_class="ground_other",
        uses=dict.fromkeys(months, KNOWN),
        allowed=None if allowed is None else dict.fromkeys(months, allowed),
    )
    assert drafted.amount is not None
    assert (drafted.amount.value, _codes(drafted)) == (Decimal(yuan), codes)
    assert {(each.severity, each.values["period"]) for each in drafted.findings} <= {
        ("warn", "2025-01–2025-03")
    }


def test_a_class_without_a_price_is_named(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_book(monkeypatch, book(non_household_price={"industry": Decimal(3)}))
    drafted = _drafted(city)
    assert drafted.amount is None
    assert _codes(drafted) == ["charges.no_price"]


def test_a_ladder_over_norms_is_not_computed_from_plans(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_book(monkeypatch, book(over_plan_ladder={**ladder(), "measure": "norm"}))
    drafted = _drafted(city)
    assert drafted.amount is None
    assert _codes(drafted) == ["charges.figure_unusable"]


def test_a_shared_meter_without_a_shared_price_has_no_bill(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiers = {
        name: value
        for name, value in book()["charges/household_tiers"].values[0].value.items()  # type: ignore[union-attr]
        if name != "shared"
    }
    use_book(monkeypatch, book(household_tiers=tiers))
    drafted = _drafted(city, kind=RunKind.HOUSEHOLD)
    assert drafted.amount is None
    assert _codes(drafted) == ["charges.taken_as_shared", "charges.figure_unusable"]
