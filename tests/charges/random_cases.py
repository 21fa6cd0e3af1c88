"""Random questions to all rules of charges, each answered by the program and by the second reckoning."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial

from charges import second
from charges.made import dated, ladder, price
from shuiheng.charges.household import (
    HouseholdUse,
    TariffDays,
    household_bill,
    household_bill_over_change,
    household_bill_to_date,
)
from shuiheng.charges.ladder import Use, surcharge
from shuiheng.charges.late_fee import Payment, late_fee, late_fee_rule_of
from shuiheng.charges.model import HouseholdTariff, Ladder
from shuiheng.charges.readers import household_tariff_of, price_list_of
from shuiheng.charges.resource_tax import Abstraction, resource_tax, share_after_loss
from shuiheng.charges.steps import Figure
from shuiheng.charges.subsidy import Irrigation, Metered, agricultural_subsidy, subsidy_rule_of
from shuiheng.charges.tariff import Payer, Tariff, TariffPart, non_household_bill_over_change
from shuiheng.kernel.derivation import Derived
from shuiheng.rules.parameter import Value

F = Fraction
Answers = tuple[object, object]
USES_OF_A_RULE = 8


class Chance:
    """Random figures that often lie at an edge; `printed` is the last derivation that was asked for."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - figures, no secret
        self.printed = Derived(value=Decimal(0), unit="yuan", steps=())

    def number(self, low: int, high: int, places: int) -> Decimal:
        """Return a number with places."""
        return Decimal(self.dice.randint(low * 10**places, high * 10**places)).scaleb(-places)

    def is_so(self, share: float) -> bool:
        """Return whether something happens that does in this share of cases."""
        return self.dice.random() < share

    def near(self, *edges: Decimal, high: int) -> Decimal:
        """Return a volume: at an edge, a litre beside it, whole or in litres."""
        if edges and self.is_so(0.4):
            step = self.dice.choice((-1, 0, 0, 1))
            return max(Decimal(0), self.dice.choice(edges) + Decimal(step).scaleb(-self.dice.choice((0, 3))))
        return self.number(0, high, self.dice.choice((0, 0, 3)))

    def rising(self, count: int, *, above: Decimal, places: int) -> list[Decimal]:
        """Return edges that rise."""
        edges, low = [], above
        for _ in range(count):
            low += self.number(0, 1, places) + Decimal(1).scaleb(-places)
            edges.append(low)
        return edges


def fractions(numbers: list[Decimal]) -> list[Fraction]:
    return [F(number) for number in numbers]


def answers(seed: int, count: int) -> Iterator[tuple[str, Answers]]:
    """Yield the kind of each case and both answers to it."""
    yield from ((name, both) for name, both, _ in printed_answers(seed, count))


def printed_answers(seed: int, count: int) -> Iterator[tuple[str, Answers, Derived]]:
    """Yield the kind of each case, both answers to it and the derivation of the program."""
    chance = Chance(seed)
    made = 0
    while made < count:
        name, kind = chance.dice.choice(KINDS)
        ask = kind(chance)
        for _ in range(USES_OF_A_RULE):
            yield name, ask(), chance.printed
            made += 1


def _ladder(chance: Chance) -> tuple[Ladder, second.LadderRule, list[Decimal]]:
    total, whole = chance.is_so(0.4), chance.is_so(0.2)
    dead = chance.number(0, 1, 2) / 10 if chance.is_so(0.3) else Decimal(0)
    edges = chance.rising(chance.dice.randint(0, 4), above=dead, places=2)
    multiples = [
        chance.number(1 if total else 0, 5, chance.dice.choice((0, 1, 2))) for _ in range(len(edges) + 1)
    ]
    unit = chance.dice.choice(("0.01", "0.01", "0.01", "0.1", "1"))
    texts = [(f"{edge}", f"{multiple}") for edge, multiple in zip(edges, multiples, strict=False)]
    fields = {"dead_band": f"{dead}"} if dead else {}
    rule = ladder(
        *texts, ("", f"{multiples[-1]}"), mode="total" if total else "additional",
        reach="whole" if whole else "slices", rounding=unit, **fields,
    )  # fmt: skip
    steps = second.Steps([*fractions(edges), None], fractions(multiples))
    other = second.LadderRule(bands=steps, is_total=total, is_whole=whole, dead=F(dead), unit=F(unit))
    return rule, other, [dead, *edges]


def _part(chance: Chance, edges: list[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    plan = Decimal(0) if chance.is_so(0.05) else chance.number(0, 5000, chance.dice.choice((0, 3)))
    volume = chance.near(plan, *(plan * (1 + edge) for edge in edges), high=12_000)
    return volume, plan, chance.number(0, 15, chance.dice.choice((2, 2, 4)))


def ask_surcharge(chance: Chance, most_parts: int) -> Callable[[], Answers]:
    """Return a question for surcharges of one ladder, over parts of a period."""
    rule, other, edges = _ladder(chance)

    def ask() -> Answers:
        parts = [_part(chance, edges) for _ in range(chance.dice.randint(1, most_parts))]
        uses = [
            Use(volume=Figure(value=v), allowed=Figure(value=p), price=price(f"{c}"), label=f"{place}")
            for place, (v, p, c) in enumerate(parts)
        ]
        before = chance.number(0, 900, 2) if most_parts > 1 else Decimal(0)
        found = surcharge(rule, uses, charged_before=Figure(value=before) if before else None)
        amount, over = second.surcharge(other, [(F(v), F(p), F(c)) for v, p, c in parts])
        chance.printed = found.amount
        return (F(found.amount.value), F(found.over_part)), (amount - F(before), over)

    return ask


def _tariff(chance: Chance, period: str) -> tuple[HouseholdTariff, second.TierRule, list[Decimal]]:
    edges = [edge * 30 for edge in chance.rising(chance.dice.randint(1, 3), above=Decimal(0), places=1)]
    count = chance.dice.randint(1, 3)
    names = ("supply", "sewage", "resource")[:count]
    prices = [[chance.number(0, 9, chance.dice.choice((2, 3))) for _ in names] for _ in range(len(edges) + 1)]
    tiers: list[Value] = [dict(zip(names, row, strict=True)) for row in prices]
    for tier, edge in zip(tiers, edges, strict=False):
        assert isinstance(tier, dict)
        tier["up_to"] = edge
    record: dict[str, Value] = {"period": period, "tiers": tuple(tiers)}
    other = second.TierRule([*fractions(edges), None], [fractions(row) for row in prices])
    if chance.is_so(0.6):
        other.included, extra = chance.dice.randint(1, 5), chance.number(0, 8, 1)
        other.extra = F(extra)
        record["persons"] = {"included": Decimal(other.included), "extra_m3": extra}
    if chance.is_so(0.3):
        record["shared"], other.shared = {"tier": Decimal(1)}, fractions(prices[0])
    return household_tariff_of(dated(record, rule="charges/household_tiers")), other, edges


def _home(chance: Chance, edges: list[Decimal], periods: int) -> tuple[HouseholdUse, second.Home]:
    persons = chance.dice.choice((None, 1, 3, 4, 5, 8))
    shared = chance.is_so(0.1)
    volume = chance.near(*edges, *(edge * periods for edge in edges), high=120)
    use = HouseholdUse(volume=Figure(value=volume), persons=persons, is_shared=shared, periods=periods)
    return use, second.Home(F(volume), persons, periods, shared)


def ask_household(chance: Chance) -> Callable[[], Answers]:
    """Return a question for bills in tiers."""
    rule, other, edges = _tariff(chance, "month")

    def ask() -> Answers:
        use, home = _home(chance, edges, chance.dice.choice((1, 1, 2, 3)))
        bill = household_bill(rule, use)
        parts = F(sum(bill.components.values(), Decimal(0)))
        chance.printed = bill.total
        return (F(bill.total.value), parts), (second.home_bill(other, home),) * 2

    return ask


def ask_household_change(chance: Chance) -> Callable[[], Answers]:
    """Return a question for bills of a period in which tariffs changed."""
    tariffs = [_tariff(chance, "month") for _ in range(chance.dice.randint(2, 3))]

    def ask() -> Answers:
        use, home = _home(chance, tariffs[0][2], 1)
        days = [chance.dice.randint(1, 30) for _ in tariffs]
        parts = [TariffDays(tariff=each[0], days=count) for each, count in zip(tariffs, days, strict=True)]
        found = household_bill_over_change(parts, use)
        others = [(each[1], count) for each, count in zip(tariffs, days, strict=True)]
        chance.printed = found.total
        return F(found.total.value), second.home_change(others, home)

    return ask


def ask_household_year(chance: Chance) -> Callable[[], Answers]:
    """Return a question for bills to date under tiers of the year, with a tariff that may change."""
    tariffs = [_tariff(chance, "year") for _ in range(2)]

    def ask() -> Answers:
        uses, homes = [], []
        change = chance.dice.randint(0, 6)
        for place in range(chance.dice.randint(1, 6)):
            rule, other, edges = tariffs[place >= change]
            use, home = _home(chance, edges, 1)
            uses.append((rule, use))
            homes.append((other, home))
        before = {"supply": chance.number(0, 300, 2)}
        found = household_bill_to_date(uses, before)
        chance.printed = found.total
        return F(found.total.value), second.home_year(homes) - F(before["supply"])

    return ask


def ask_class_bill(chance: Chance) -> Callable[[], Answers]:
    """Return a question for bills by class, with factors by conduct and changes of price."""
    parts, others = [], []
    for _ in range(chance.dice.randint(1, 3)):
        supply, sewage, resource = (chance.number(0, 14, 2) for _ in range(3))
        factor, dirty = chance.number(0, 2, 2), chance.number(0, 2, 1)
        tariff = Tariff(
            supply=price_list_of(dated({"mill": supply, "shop": Decimal(99)})),
            sewage=price_list_of(dated(sewage)),
            resource=price_list_of(dated({"all": resource})),
            supply_factors=price_list_of(dated({"poor": factor})),
            sewage_factors=price_list_of(dated({"poor": dirty})),
        )
        days = chance.dice.randint(1, 30)
        parts.append(TariffPart(tariff=tariff, days=days))
        others.append(([(F(supply), F(factor)), (F(sewage), F(dirty)), (F(resource), F(1))], days))
    payer = Payer(use_class="mill", credit_class="poor")

    def ask() -> Answers:
        volume = chance.number(0, 90_000, chance.dice.choice((0, 3)))
        found = non_household_bill_over_change(parts, payer, Figure(value=volume))
        whole = F(sum(found.components.values(), Decimal(0)))
        chance.printed = found.total
        return (F(found.total.value), whole), (second.class_bill(F(volume), others),) * 2

    return ask


def ask_tax(chance: Chance) -> Callable[[], Answers]:
    """Return a question for the tax of a year to date."""
    rule, other, edges = _ladder(chance)
    loss = chance.number(0, 1, 2)
    has_rule, has_loss = chance.is_so(0.8), chance.is_so(0.3)
    taxed = share_after_loss(dated(loss)) if has_loss else None

    def ask() -> Answers:
        parts = [_part(chance, edges) for _ in range(chance.dice.randint(1, 4))]
        taken = [
            Abstraction(volume=Figure(value=v), plan=Figure(value=p), rate=price(f"{c}")) for v, p, c in parts
        ]
        before = chance.number(0, 900, 2)
        found = resource_tax(
            taken, ladder=rule if has_rule else None, taxed=taxed, charged_before=Figure(value=before)
        )
        share = 1 - F(loss) if has_loss else F(1)
        whole = second.tax([(F(v), F(p), F(c)) for v, p, c in parts], other if has_rule else None, share)
        chance.printed = found.due
        return (F(found.to_date), F(found.due.value)), (whole, whole - F(before))

    return ask


def ask_late_fee(chance: Chance) -> Callable[[], Answers]:
    """Return a question for late fees."""
    rate, grace = chance.number(0, 1, 2) / 10, chance.dice.choice((0, 0, 3, 7))
    cap = chance.number(0, 2, 1) if chance.is_so(0.5) else None
    record: dict[str, Value] = {"rate_per_day": rate, "grace_days": Decimal(grace)}
    rule = late_fee_rule_of(dated(record | ({"cap_share": cap} if cap is not None else {})))

    def ask() -> Answers:
        principal, due = chance.number(0, 9000, 2), date(2024, 2, 20)
        until = due + timedelta(days=chance.dice.randint(-2, 40))
        paid = [
            (due + timedelta(days=chance.dice.randint(-3, 45)), chance.number(0, 5000, 2))
            for _ in range(chance.dice.randint(0, 3))
        ]
        payments = [Payment(on=on, amount=amount) for on, amount in paid]
        found = late_fee(rule, Figure(value=principal), due_on=due, until=until, payments=payments)
        owed = second.Owed(
            F(principal), F(rate), grace, None if cap is None else F(cap), due, until,
            [(on, F(amount)) for on, amount in paid],
        )  # fmt: skip
        chance.printed = found
        return F(found.value), second.late_fee(owed)

    return ask


def ask_subsidy(chance: Chance) -> Callable[[], Answers]:
    """Return a question for subsidies of irrigation."""
    rate, cap = chance.number(0, 1, 3), chance.number(0, 500, 0) if chance.is_so(0.5) else None
    rule = subsidy_rule_of(dated({"rate": rate} | ({"cap": cap} if cap is not None else {})))

    def ask() -> Answers:
        area, norm = chance.number(0, 300, 2), chance.number(0, 500, 1)
        volume = chance.near(area * norm, high=90_000)
        field = Irrigation(
            crop="rice", area_mu=Figure(value=area), norm_m3_mu=Figure(value=norm),
            volume=Figure(value=volume), metered=Metered.POWER,
        )  # fmt: skip
        found = agricultural_subsidy(rule, field)
        other = second.subsidy(F(area), F(norm), F(volume), F(rate), None if cap is None else F(cap))
        chance.printed = found
        return F(found.value), other

    return ask


KINDS: list[tuple[str, Callable[[Chance], Callable[[], Answers]]]] = [
    ("surcharge", partial(ask_surcharge, most_parts=1)),
    ("surcharge_of_parts", partial(ask_surcharge, most_parts=6)),
    ("household", ask_household),
    ("household_change", ask_household_change),
    ("household_year", ask_household_year),
    ("class_bill", ask_class_bill),
    ("tax", ask_tax),
    ("late_fee", ask_late_fee),
    ("subsidy", ask_subsidy),
]
