"""Rules and figures that the tests of charges make up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.charges.ladder import Use
from shuiheng.charges.model import Ladder
from shuiheng.charges.readers import ladder_of
from shuiheng.charges.steps import Figure
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step
from shuiheng.rules.parameter import Check, DatedValue, Mark, Value

DAY = date(2024, 1, 1)
CHECK = Check(by="tester", on=DAY)


def dated(value: Value, *, rule: str = "charges/over_plan_ladder", is_checked: bool = True) -> DatedValue:
    """Return a value of a rule in a place that does not exist."""
    return DatedValue(
        rule=rule,
        area="9901",
        valid_from=DAY,
        value=value,
        source="made-up",
        clause="1",
        mark=Mark.FOUND,
        check=CHECK if is_checked else None,
        recorded_on=DAY,
    )


def bands(*pairs: tuple[str, str]) -> Value:
    """Return bands of edge and multiple; an empty edge is open."""
    return tuple(
        {"multiple": Decimal(multiple)} | ({"up_to": Decimal(edge)} if edge else {})
        for edge, multiple in pairs
    )


def ladder(*pairs: tuple[str, str], is_checked: bool = True, **fields: str) -> Ladder:
    """Return a ladder of bands, monthly and additional on the delivered price unless said otherwise."""
    record: dict[str, Value] = {
        "period": "month",
        "measure": "plan",
        "mode": "additional",
        "price_base": "delivered",
        "bands": bands(*pairs),
    }
    exact = {"dead_band", "rounding"}
    record |= {name: Decimal(text) if name in exact else text for name, text in fields.items()}
    return ladder_of(dated(record, is_checked=is_checked))


def price(yuan_m3: str, *, is_binding: bool = True) -> Derived:
    """Return a price that rests on a price list."""
    cited = Citation(
        rule="charges/non_household_price",
        area="9901",
        since=DAY,
        source="made-up",
        clause="2",
        is_checked=is_binding,
        is_binding=is_binding,
    )
    value = Decimal(yuan_m3)
    step = Step(name="price", terms=(), formula=yuan_m3, value=value, unit="yuan_m3", citation=cited)
    return Derived(value=value, unit="yuan_m3", steps=(step,))


def use(volume: str | None, plan: str | None, yuan_m3: str = "4.32", *, label: str = "") -> Use:
    """Return what was used and allowed, m³; None is what nobody knows."""
    return Use(
        volume=None if volume is None else Figure(value=Decimal(volume), origin="settled_month:1"),
        allowed=None if plan is None else Figure(value=Decimal(plan), origin="allowance:1"),
        price=price(yuan_m3),
        label=label,
    )
