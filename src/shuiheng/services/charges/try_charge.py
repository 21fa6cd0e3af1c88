"""A trial calculation: volume, plan and rule as somebody types them, with every step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from shuiheng.adapters.records.models import Place
from shuiheng.charges import (
    Figure,
    HouseholdUse,
    Use,
    base_price,
    household_bill,
    household_tariff_of,
    ladder_of,
    late_fee,
    non_household_bill,
    surcharge,
)
from shuiheng.charges.errors import BadFigureError, NoPriceError, UnknownFigureError
from shuiheng.charges.model import PriceBase
from shuiheng.kernel.derivation import Derived, Step
from shuiheng.rules.parameter import DatedValue, Mark, Value
from shuiheng.services.charges.add_late_fee import late_fee_rule
from shuiheng.services.charges.run_rules import (
    LADDER,
    ORDINARY,
    TIERS,
    Lookup,
    payer_of,
    price_days,
    read_rule,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

BANDS = 6
TYPED = "试算条件"
"""What stands in place of a source where somebody typed the rule."""
LARGEST = Decimal(10) ** 12
Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be tried (试算条件).

    Args:
        city: Key of the city whose rules hold where none are typed.
        kind: `over_plan`, `non_household`, `household` or `late_fee`.
        on: Day on which the rules must be in force.
        fields: What was typed, by name.
    """

    city: int
    kind: str
    on: date
    fields: Fields = field(default_factory=dict)


def try_charge(actor: Actor, asked: Asked) -> Derived:
    """Return the amount that comes of what was typed, with its steps; nothing is kept.

    Raises:
        ServiceError: `charges.trial_unread`, a field is no number; `charges.no_rule`, `charges.bad_rule`;
            `charges.figure_unusable`, `charges.no_price`, as the core says.
        NotThereError, NotPermittedError: The city is not the actor's.
    """
    account = require(actor, Action.RULES_LOOK)
    if asked.kind not in KINDS:
        raise ServiceError("services.nothing_chosen")
    city = row_for(account, Action.RULES_LOOK, Place, pk=asked.city)
    try:
        return KINDS[asked.kind](Lookup(city), asked)
    except NoPriceError as error:
        raise ServiceError(
            "charges.no_price", user="试算", rule=error.rule, price_class=error.use_class
        ) from error
    except (UnknownFigureError, BadFigureError) as error:
        raise ServiceError("charges.figure_unusable", user="试算", figure=error.figure) from error


def _over_plan(lookup: Lookup, asked: Asked) -> Derived:
    typed = _typed_ladder(asked)
    ladder = read_rule(ladder_of, typed if typed is not None else lookup.value(LADDER, asked.on))
    price = _number(asked.fields, "price")
    use = Use(
        volume=_figure(asked.fields, "volume"),
        allowed=_figure(asked.fields, "plan"),
        price=_typed_price(price) if price is not None else _price(lookup, asked, ladder.price_base),
    )
    return surcharge(ladder, [use]).amount


def _non_household(lookup: Lookup, asked: Asked) -> Derived:
    price_class = asked.fields.get("price_class", "") or "non_residential"
    tariff = price_days(lookup, asked.on.replace(day=1))[-1].tariff(price_class)
    if tariff is None:
        raise ServiceError("charges.no_rule", rule=lookup.name(ORDINARY), day=asked.on.isoformat())
    return non_household_bill(tariff, payer_of(price_class), _figure(asked.fields, "volume")).total


def _household(lookup: Lookup, asked: Asked) -> Derived:
    tariff = read_rule(household_tariff_of, lookup.value(TIERS, asked.on))
    persons, periods = _count(asked.fields, "persons"), _count(asked.fields, "periods")
    use = HouseholdUse(
        volume=_figure(asked.fields, "volume"),
        persons=persons,
        is_shared=asked.fields.get("shared") == "yes",
        periods=periods or 1,
    )
    return household_bill(tariff, use).total


def _late_fee(lookup: Lookup, asked: Asked) -> Derived:
    rule = late_fee_rule(lookup, asked.on)
    principal = _figure(asked.fields, "principal")
    if principal is None:
        raise UnknownFigureError("principal")
    try:
        due_on = date.fromisoformat(asked.fields.get("due_on", ""))
    except ValueError as error:
        raise _unread(asked.fields, "due_on") from error
    return late_fee(rule, principal, due_on=due_on, until=asked.on)


KINDS: Mapping[str, Callable[[Lookup, Asked], Derived]] = {
    "over_plan": _over_plan,
    "non_household": _non_household,
    "household": _household,
    "late_fee": _late_fee,
}


def _price(lookup: Lookup, asked: Asked, base: PriceBase) -> Derived:
    price_class = asked.fields.get("price_class", "") or "non_residential"
    tariff = price_days(lookup, asked.on.replace(day=1))[-1].tariff(price_class)
    if tariff is None:
        raise ServiceError("charges.no_rule", rule=lookup.name(ORDINARY), day=asked.on.isoformat())
    return base_price(base, tariff, payer_of(price_class))


def _typed_price(price: Decimal) -> Derived:
    step = Step(name="delivered_price", terms=(), formula=f"{price:f}", value=price, unit="yuan_m3")
    return Derived(value=price, unit="yuan_m3", steps=(step,))


def _typed_ladder(asked: Asked) -> DatedValue | None:
    """Return the ladder that was typed, as a value that never binds; None when none was."""
    fields = asked.fields
    bands: list[Value] = []
    for place in range(1, BANDS + 1):
        multiple = _number(fields, f"multiple_{place}")
        up_to = _number(fields, f"up_to_{place}")
        if multiple is not None:
            bands.append({"multiple": multiple} | ({} if up_to is None else {"up_to": up_to / 100}))
        elif up_to is not None:
            raise _unread(fields, f"multiple_{place}")
    if not bands:
        return None
    dead_band = _number(fields, "dead_band")
    value: dict[str, Value] = {
        "period": "month",
        "measure": "plan",
        "mode": "total" if fields.get("mode") == "total" else "additional",
        "price_base": "delivered",
        "rounding": Decimal("0.01"),
        "bands": tuple(bands),
    }
    if dead_band is not None:
        value["dead_band"] = dead_band / 100
    return DatedValue(
        rule=LADDER,
        area="",
        valid_from=asked.on,
        value=value,
        source=TYPED,
        clause="",
        mark=Mark.DEFAULT,
        recorded_on=asked.on,
    )


def _figure(fields: Fields, name: str) -> Figure | None:
    value = _number(fields, name)
    return None if value is None else Figure(value=value, origin="typed")


def _count(fields: Fields, name: str) -> int | None:
    value = _number(fields, name)
    if value is None:
        return None
    if value != int(value):
        raise _unread(fields, name)
    return int(value)


def _number(fields: Fields, name: str) -> Decimal | None:
    text = fields.get(name, "").replace(",", "").replace("，", "").strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise _unread(fields, name) from error
    if not value.is_finite() or not 0 <= value < LARGEST:
        raise _unread(fields, name)
    return value


def _unread(fields: Fields, name: str) -> ServiceError:
    return ServiceError("charges.trial_unread", field=name, text=fields.get(name, "")[:40])
