"""Worked cases of charges reckoned: what the room makes of a case, to be held against what it expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.charges.errors import UnknownFigureError
from shuiheng.charges.household import HouseholdUse, household_bill
from shuiheng.charges.ladder import Use, surcharge
from shuiheng.charges.late_fee import late_fee, late_fee_rule_of
from shuiheng.charges.model import PriceList
from shuiheng.charges.readers import household_tariff_of, ladder_of, price_list_of
from shuiheng.charges.resource_tax import Abstraction, resource_tax, share_after_loss, tax_rate
from shuiheng.charges.steps import Figure
from shuiheng.charges.subsidy import Irrigation, Metered, agricultural_subsidy, subsidy_rule_of
from shuiheng.charges.tariff import Payer, Tariff, base_price, non_household_bill
from shuiheng.kernel.derivation import Derived, Step
from shuiheng.rules.worked_case import WorkedCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What a case comes to (算例结果): the amount with its steps, and all results by name."""

    derived: Derived
    results: Mapping[str, Decimal]


def reckoned(case: WorkedCase) -> Reckoned:
    """Return what the room makes of a case (算例结果).

    Raises:
        UnknownFigureError: The case lacks a figure, or its kind is none of this room.
    """
    reckon = KINDS.get(case.kind)
    if reckon is None:
        raise UnknownFigureError("kind", case.kind)
    return reckon(case)


def _surcharge(case: WorkedCase) -> Reckoned:
    ladder = ladder_of(case.rules["ladder"])
    use = Use(volume=_figure(case, "volume_m3"), allowed=_figure(case, "plan_m3"), price=_price(case))
    found = surcharge(ladder, [use])
    results = {
        "amount_yuan": found.amount.value,
        "over_part_yuan": found.over_part,
        "excess_m3": found.excess_m3,
    }
    results |= {f"slice_{place}_m3": each.volume_m3 for place, each in enumerate(found.slices, 1)}
    return Reckoned(derived=found.amount, results=results)


def _household_bill(case: WorkedCase) -> Reckoned:
    persons = _number(case, "persons")
    use = HouseholdUse(
        volume=_figure(case, "volume_m3"),
        persons=None if persons is None else int(persons),
        periods=int(_number(case, "periods") or 1),
        is_shared=case.given.get("meter") == "shared",
    )
    bill = household_bill(household_tariff_of(case.rules["tariff"]), use)
    parts = {f"{name}_yuan": amount for name, amount in bill.components.items()}
    return Reckoned(derived=bill.total, results={"amount_yuan": bill.total.value, **parts})


def _non_household_bill(case: WorkedCase) -> Reckoned:
    bill = non_household_bill(_tariff(case), _payer(case), _figure(case, "volume_m3"))
    parts = {f"{name}_yuan": amount for name, amount in bill.components.items()}
    return Reckoned(derived=bill.total, results={"amount_yuan": bill.total.value, **parts})


def _resource_tax(case: WorkedCase) -> Reckoned:
    rates, loss = case.rules.get("rates"), case.rules.get("loss")
    rate = _price(case) if rates is None else tax_rate(price_list_of(rates), _word(case, "class"))
    part = Abstraction(volume=_figure(case, "volume_m3"), plan=_figure(case, "plan_m3"), rate=rate)
    tax = resource_tax(
        [part],
        ladder=ladder_of(case.rules["ladder"]) if "ladder" in case.rules else None,
        taxed=None if loss is None else share_after_loss(loss),
    )
    return Reckoned(derived=tax.due, results={"amount_yuan": tax.due.value, "excess_m3": tax.excess})


def _late_fee(case: WorkedCase) -> Reckoned:
    principal = _figure(case, "principal_yuan")
    if principal is None:
        raise UnknownFigureError("principal")
    fee = late_fee(
        late_fee_rule_of(case.rules["late_fee"]),
        principal,
        due_on=date.fromisoformat(_word(case, "due_on")),
        until=date.fromisoformat(_word(case, "until")),
    )
    return Reckoned(derived=fee, results={"amount_yuan": fee.value})


def _subsidy(case: WorkedCase) -> Reckoned:
    field = Irrigation(
        crop=_word(case, "crop"),
        area_mu=_figure(case, "area_mu"),
        norm_m3_mu=_figure(case, "norm_m3_mu"),
        volume=_figure(case, "volume_m3"),
        metered=Metered(_word(case, "metered")),
    )
    paid = agricultural_subsidy(subsidy_rule_of(case.rules["subsidy"]), field)
    return Reckoned(derived=paid, results={"amount_yuan": paid.value})


def _number(case: WorkedCase, name: str) -> Decimal | None:
    found = case.given.get(name)
    return found if isinstance(found, Decimal) else None


def _figure(case: WorkedCase, name: str) -> Figure | None:
    found = _number(case, name)
    return None if found is None else Figure(value=found, origin=f"case:{case.id}")


def _word(case: WorkedCase, name: str) -> str:
    found = case.given.get(name)
    if not isinstance(found, str):
        raise UnknownFigureError(name, case.id)
    return found


def _price(case: WorkedCase) -> Derived:
    """Return the price that a case gives as a figure, or that of its price lists."""
    price = _number(case, "price")
    if price is None:
        return base_price(ladder_of(case.rules["ladder"]).price_base, _tariff(case), _payer(case))
    step = Step(name="price", terms=(), formula=f"{price:f}", value=price, unit="yuan_m3")
    return Derived(value=price, unit="yuan_m3", steps=(step,))


def _tariff(case: WorkedCase) -> Tariff:
    lists: dict[str, PriceList] = {
        name: price_list_of(case.rules[name])
        for name in ("sewage", "resource", "supply_factors", "sewage_factors")
        if name in case.rules
    }
    return Tariff(
        supply=price_list_of(case.rules["supply"]),
        sewage=lists.get("sewage"),
        resource=lists.get("resource"),
        supply_factors=lists.get("supply_factors"),
        sewage_factors=lists.get("sewage_factors"),
    )


def _payer(case: WorkedCase) -> Payer:
    credit = case.given.get("credit_class")
    return Payer(use_class=_word(case, "class"), credit_class=credit if isinstance(credit, str) else "")


KINDS: Mapping[str, Callable[[WorkedCase], Reckoned]] = {
    "surcharge": _surcharge,
    "household_bill": _household_bill,
    "non_household_bill": _non_household_bill,
    "resource_tax": _resource_tax,
    "late_fee": _late_fee,
    "agricultural_subsidy": _subsidy,
}
