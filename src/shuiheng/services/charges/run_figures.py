"""What a run computes with: whose water, at which class, used how much, against which allowance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.as_of import AsOf
from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_allowances import Effective, effective_months
from shuiheng.adapters.records.queries_charges import UsedSource, payer_classes_on, sources_on
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, use_by_month
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.allowances.model import Unknown
from shuiheng.charges import Figure
from shuiheng.charges.model import Measure
from shuiheng.services.charges.households import Home, homes_on
from shuiheng.services.charges.kinds import RunKind, last_day
from shuiheng.services.charges.norm_bases import by_months, norm_bases

LITRES_OF_A_M3 = 1000
SUPPLY, ABSTRACTION, RESIDENTIAL = "supply", "abstraction", "residential"
AGRICULTURE = "agriculture"
TAXED_WATER = {"surface": "surface", "groundwater": "ground"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """Whose water a charge is about (计费对象).

    Args:
        user: Key of the water user.
        number: Its number in the ledger.
        source: Key of the source, or None for all water of the user.
        allowance: Key of the allowance, or None without one.
        price_class: Class by which prices are found; None where it is not clear.
        credit_class: Class of differential prices; empty for none.
        uses: Water of each month; a month without meters is left out.
        allowed: Allowance of each month, or what norms allow, m³; None without one.
        norm: What norms allow in all, with its steps; what is missing of it; None where plans count.
        homes: Who lives behind its meter at the end of each month, for households.
    """

    user: int
    number: str
    source: int | None = None
    allowance: int | None = None
    price_class: str | None = None
    credit_class: str = ""
    uses: Mapping[date, Use] = field(default_factory=dict)
    allowed: Mapping[date, Decimal] | None = None
    norm: Figure | Unknown | None = None
    homes: Mapping[date, Home] = field(default_factory=dict)

    def volume(self, month: date) -> Figure | None:
        """Return the volume of a month; None when part of it is not known, for it is never taken as 0."""
        use = self.uses.get(month)
        if use is None or use.litres is None or use.silent or use.missing_seconds:
            return None
        whose = f"source:{self.source}" if self.source is not None else f"water_user:{self.user}"
        return Figure(value=Decimal(use.litres) / LITRES_OF_A_M3, origin=f"{whose}:{month:%Y-%m}")

    def plan(self, month: date) -> Figure | None:
        """Return the effective allowance of a month, or its part of what norms allow."""
        if self.allowed is None:
            return None
        if isinstance(self.norm, Figure):
            steps = self.norm.steps if month == min(self.allowed) else ()
            return Figure(value=self.allowed[month], origin=f"water_user:{self.user}", steps=steps)
        return Figure(value=self.allowed[month], origin=f"allowance:{self.allowance}")

    def total(self, months: Iterable[date]) -> Decimal | None:
        """Return the volume of some months; None when one of them is not known."""
        volumes = [self.volume(month) for month in months]
        known = [each.value for each in volumes if each is not None]
        return sum(known, Decimal(0)) if len(known) == len(volumes) else None

    def home(self, month: date) -> Home:
        """Return who lives behind its meter at the end of a month, as far as the ledger says."""
        return self.homes.get(month, Home())

    @property
    def allowed_total(self) -> Decimal | None:
        """Return the allowance of all months; None without one."""
        return None if self.allowed is None else sum(self.allowed.values(), Decimal(0))

    @property
    def estimated_share(self) -> Decimal | None:
        """Return the share of the water that was estimated; None where there is none."""
        weight = sum(use.weight_litres for use in self.uses.values())
        if not weight:
            return None
        return Decimal(sum(abs(use.estimated_litres) for use in self.uses.values())) / weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Who pays in a run, and how many allowances of own abstraction it leaves to the resource tax."""

    payables: Sequence[Payable]
    left_out: int = 0


def gather(
    seen: Sight, city: Place, kind: RunKind, months: Sequence[date], *, measure: Measure = Measure.PLAN
) -> Gathered:
    """Return who pays in a run, with the water of its months, in few queries for any number of users.

    Args:
        seen: What the run may read.
        city: The city.
        kind: Kind of the run.
        months: First days of its months.
        measure: What a surcharge holds use against.
    """
    on = last_day(months[-1])
    sources = sources_on(seen, city, AsOf(on=on))
    if kind is RunKind.OVER_PLAN and measure is Measure.NORM:
        payables = _over_norm(norm_bases(seen, city, months), months, sources, kinds=(SUPPLY,))
        return Gathered(payables=_with_use(seen, city, months, payables))
    if kind is RunKind.OVER_PLAN:
        return _over_plan(seen, city, months, sources)
    is_wanted, class_of = _SOURCES[kind]
    payables = [
        Payable(user=each.user, number=each.number, source=each.key, price_class=class_of(each))
        for each in sources
        if is_wanted(each)
    ]
    if kind is RunKind.RESOURCE_TAX:
        payables = _with_allowances(seen, months, payables)
    if kind is RunKind.HOUSEHOLD:
        homes = {month: homes_on(seen, city, last_day(month)) for month in months}
        payables = [
            replace(
                each, homes={month: held[each.user] for month, held in homes.items() if each.user in held}
            )
            for each in payables
        ]
    return Gathered(payables=_with_use(seen, city, months, payables))


def norm_payables(
    seen: Sight, city: Place, months: Sequence[date], *, kinds: Sequence[str]
) -> Sequence[Payable]:
    """Return the users with sources of some kinds that are no households, with their water, without norms."""
    sources = sources_on(seen, city, AsOf(on=last_day(months[-1])))
    return _with_use(seen, city, months, _over_norm({}, months, sources, kinds=kinds))


def tax_class(source: UsedSource) -> str | None:
    """Return the class of rates of an abstraction; None where a person must judge, as with farmland."""
    water = TAXED_WATER.get(source.water_kind)
    if water is None or source.use_class == AGRICULTURE:
        return None
    if source.is_supplier:
        return f"{water}_public_supply"
    return f"{water}_special" if source.price_class == "special" else f"{water}_other"


def _over_plan(seen: Sight, city: Place, months: Sequence[date], sources: Sequence[UsedSource]) -> Gathered:
    """Return the users and sources of public supply that have an allowance."""
    by_user: dict[int, list[UsedSource]] = {}
    for each in sources:
        by_user.setdefault(each.user, []).append(each)
    payables, left_out = [], 0
    for key, effective in _effective(seen, months).items():
        own = by_user.get(effective.user, [])
        if effective.source is not None:
            own = [each for each in own if each.key == effective.source]
        supplied = [each for each in own if each.kind == SUPPLY]
        if not supplied:
            left_out += 1
            continue
        payables.append(
            Payable(
                user=effective.user,
                number=supplied[0].number,
                source=effective.source,
                allowance=key,
                price_class=_one_class(supplied),
                allowed=_of_months(effective, months),
            )
        )
    return Gathered(payables=_with_use(seen, city, months, payables), left_out=left_out)


def _over_norm(
    bases: Mapping[int, Figure | Unknown],
    months: Sequence[date],
    sources: Sequence[UsedSource],
    *,
    kinds: Sequence[str],
) -> list[Payable]:
    """Return the users with sources of some kinds that are no households, with what norms allow them."""
    supplied: dict[int, list[UsedSource]] = {}
    for each in sources:
        if each.kind in kinds and _price_class(each) != RESIDENTIAL:
            supplied.setdefault(each.user, []).append(each)
    payables = []
    for user, own in supplied.items():
        base = bases.get(user, Unknown(missing=("activity",)))
        payables.append(
            Payable(
                user=user,
                number=own[0].number,
                price_class=_one_class(own),
                allowed=by_months(base, months) if isinstance(base, Figure) else None,
                norm=base,
            )
        )
    return payables


def _one_class(sources: Sequence[UsedSource]) -> str | None:
    """Return the class of some sources, or None where they differ or have none."""
    classes = {each.price_class or each.use_class for each in sources} - {""}
    return classes.pop() if len(classes) == 1 else None


def _with_allowances(seen: Sight, months: Sequence[date], payables: Iterable[Payable]) -> list[Payable]:
    """Return abstractions with the allowance of their source, where it has one of its own."""
    held = {
        each.source: (key, each) for key, each in _effective(seen, months).items() if each.source is not None
    }
    return [
        replace(each, allowance=held[each.source][0], allowed=_of_months(held[each.source][1], months))
        if each.source in held
        else each
        for each in payables
    ]


def _effective(seen: Sight, months: Sequence[date]) -> Mapping[int, Effective]:
    return effective_months(seen, year=months[-1].year, on=last_day(months[-1]))


def _of_months(effective: Effective, months: Sequence[date]) -> dict[date, Decimal]:
    return {month: effective.months[month.month - 1] for month in months}


def _with_use(seen: Sight, city: Place, months: Sequence[date], payables: Sequence[Payable]) -> list[Payable]:
    """Return the payables with their water, in the order of the numbers of their users."""
    wanted = UseFilter(city=city.pk)
    of_sources = use_by_month(seen, Grouping.SOURCE, months, wanted)
    whole = any(each.source is None for each in payables)
    of_users = use_by_month(seen, Grouping.USER, months, wanted) if whole else {}
    classes = payer_classes_on(seen, city, last_day(months[-1]))
    found = []
    for each in payables:
        table, key = (of_users, each.user) if each.source is None else (of_sources, each.source)
        uses = {month: table[key, month] for month in months if (key, month) in table}
        found.append(replace(each, uses=uses, credit_class=classes.get(each.user, "")))
    return sorted(found, key=lambda each: (each.number, each.user, each.source or 0))


def _price_class(source: UsedSource) -> str | None:
    return source.price_class or source.use_class or None


_SOURCES: Mapping[RunKind, tuple[Callable[[UsedSource], bool], Callable[[UsedSource], str | None]]] = {
    RunKind.NON_HOUSEHOLD: (
        lambda each: each.kind == SUPPLY and _price_class(each) != RESIDENTIAL,
        _price_class,
    ),
    RunKind.HOUSEHOLD: (lambda each: each.kind == SUPPLY and _price_class(each) == RESIDENTIAL, _price_class),
    RunKind.RESOURCE_TAX: (lambda each: each.kind == ABSTRACTION, tax_class),
}
