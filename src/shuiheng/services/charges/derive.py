"""What one user owes in a run: the core asked with its figures, or what keeps it from being known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from shuiheng.allowances.model import Unknown
from shuiheng.charges import (
    Abstraction,
    Figure,
    HouseholdUse,
    Payer,
    TariffDays,
    Use,
    base_price,
    household_bill,
    household_bill_over_change,
    household_bill_to_date,
    non_household_bill_over_change,
    resource_tax,
    share_after_loss,
    surcharge,
    tax_rate,
)
from shuiheng.charges.errors import BadFigureError, BadRuleError, NoPriceError, UnknownFigureError
from shuiheng.charges.model import Measure, Period
from shuiheng.kernel.derivation import Derived
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.run_figures import Payable
from shuiheng.services.charges.run_rules import RunRules, payer_of, tariff_parts

Values = Mapping[str, str]
NOTE, WARN, STOP = "note", "warn", "disqualify"
PUBLIC_SUPPLY, TENTH = "public_supply", Decimal("0.1")
_WITHOUT_PLAN = {
    RunKind.OVER_PLAN: ("charges.no_plan", STOP),
    RunKind.RESOURCE_TAX: ("charges.tax_without_plan", WARN),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAtCharge:
    """What is to be known of a charge: a code of the rulebook with the values of its sentence."""

    code: str
    severity: str
    values: Values

    def as_json(self) -> dict[str, object]:
        """Return it as it is kept with a charge."""
        return {"code": self.code, "severity": self.severity, "values": dict(self.values)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A charge that was computed (核算结果).

    Args:
        amount: The amount with its steps; None when a figure that it needs is not known.
        volume_m3: Water of the period; None when it is not known.
        limit_m3: Allowance of the period; None without one.
        findings: What is to be known of it.
        is_held: Whether it is issued only with the word of an officer: too much of it was estimated.
    """

    amount: Derived | None
    volume_m3: Decimal | None
    limit_m3: Decimal | None
    findings: tuple[FoundAtCharge, ...] = ()
    is_held: bool = False


def derive_charge(kind: RunKind, rules: RunRules, payable: Payable, before: Figure | None) -> Drafted:
    """Return what is owed for a payable in the months of a run.

    A figure that is not known gives a charge without an amount and a finding; it is never taken as 0.

    Args:
        kind: Kind of the run.
        rules: The values by which it computes.
        payable: Whose water, and how much.
        before: What was charged for earlier parts of the year; None where the rule does not ask for it.
    """
    months = rules.months
    volumes = {month: payable.volume(month) for month in months}
    findings, share = _doubts(payable, volumes, kind=kind), payable.estimated_share
    is_held = share is not None and share > rules.estimated_limit
    if payable.credit_class and not _has_factors(rules):
        values = {"user": payable.number, "price_class": payable.credit_class}
        findings = (*findings, _found("charges.class_without_factor", WARN, values))
    if kind is RunKind.HOUSEHOLD:
        findings = (*findings, *_of_homes(rules, payable))
    if share:
        findings = (*findings, _of_estimate(payable, share, rules.estimated_limit))
    amount = None
    if not any(each.severity == STOP for each in findings):
        try:
            amount = _DERIVED[kind](rules, payable, before)
        except (NoPriceError, UnknownFigureError, BadFigureError, BadRuleError) as error:
            findings = (*findings, _of_error(error, payable))
    return Drafted(
        amount=amount,
        volume_m3=payable.total(months),
        limit_m3=payable.allowed_total,
        findings=findings,
        is_held=is_held,
    )


def _has_factors(rules: RunRules) -> bool:
    """Return whether the prices of a run have factors by class, or the run has no such prices."""
    tariffs = [tariff for days in rules.prices.values() for each in days for tariff in each.tariffs]
    return not tariffs or any(each.supply_factors or each.sewage_factors for each in tariffs)


def _doubts(
    payable: Payable, volumes: Mapping[date, Figure | None], *, kind: RunKind
) -> tuple[FoundAtCharge, ...]:
    whose = {"user": payable.number}
    found = [
        _found("charges.no_volume", STOP, whose | {"period": f"{month:%Y-%m}"})
        for month, volume in volumes.items()
        if volume is None
    ]
    if isinstance(payable.norm, Unknown):
        missing = {"figure": payable.norm.missing[0], "period": _period(volumes)}
        found.append(_found("charges.no_norm", STOP, whose | missing))
    elif kind in _WITHOUT_PLAN and payable.allowed is None:
        code, severity = _WITHOUT_PLAN[kind]
        found.append(_found(code, severity, whose | {"period": _period(volumes)}))
    if payable.allowed is not None and not any(payable.allowed.values()):
        code = "charges.plan_is_zero" if payable.norm is None else "charges.norm_is_zero"
        found.append(_found(code, WARN, whose | {"period": _period(volumes)}))
    if payable.price_class is None:
        found.append(_found("charges.price_class_unclear", STOP, whose))
    return tuple(found)


def _of_homes(rules: RunRules, payable: Payable) -> Iterator[FoundAtCharge]:
    """Yield what the ledger does not say of the households behind a meter, and how it was taken."""
    last = rules.months[-1]
    home, moved = payable.home(last), rules.tiers[last][-1].tariff.persons
    if home.households is None:
        yield _found("charges.taken_as_shared", NOTE, {"user": payable.number})
    if home.is_single and home.persons is None and moved is not None:
        yield _found(
            "charges.persons_unknown", NOTE, {"user": payable.number, "persons": str(moved.included)}
        )


def _of_estimate(payable: Payable, share: Decimal, limit: Decimal) -> FoundAtCharge:
    values = {"user": payable.number, "share": f"{(share * 100).quantize(TENTH)}%"}
    if share <= limit:
        return _found("charges.partly_estimated", NOTE, values)
    return _found("charges.too_much_estimated", WARN, values | {"limit": f"{(limit * 100).normalize():f}%"})


def _period(volumes: Mapping[date, object]) -> str:
    months = [f"{month:%Y-%m}" for month in volumes]
    return months[0] if len(months) == 1 else f"{months[0]}–{months[-1]}"


def _found(code: str, severity: str, values: Values) -> FoundAtCharge:
    return FoundAtCharge(code=code, severity=severity, values=values)


def _of_error(error: Exception, payable: Payable) -> FoundAtCharge:
    whose = {"user": payable.number}
    if isinstance(error, NoPriceError):
        more = {"rule": error.rule, "price_class": error.use_class}
        return _found("charges.no_price", STOP, whose | more)
    if isinstance(error, BadFigureError | UnknownFigureError):
        return _found("charges.figure_unusable", STOP, whose | {"figure": error.figure})
    return _found("charges.rule_unusable", STOP, whose)


def _over_plan(rules: RunRules, payable: Payable, before: Figure | None) -> Derived:
    ladder = rules.ladder
    if ladder is None:
        raise UnknownFigureError("multiple")
    if ladder.measure is Measure.NORM and not isinstance(payable.norm, Figure):
        raise UnknownFigureError("norm_volume")
    uses = []
    for month in rules.months:
        parts = tariff_parts(rules.prices[month][-1:], payable.price_class or "")
        if parts is None:
            raise UnknownFigureError("price", f"{month:%Y-%m}")
        price = base_price(ladder.price_base, parts[-1].tariff, _payer(payable))
        uses.append(
            Use(
                volume=payable.volume(month),
                allowed=payable.plan(month),
                price=price,
                label=f"{month:%Y-%m}",
            )
        )
    is_to_date = ladder.period is Period.YEAR_TO_DATE
    return surcharge(ladder, uses, charged_before=before if is_to_date else None).amount


def _payer(payable: Payable) -> Payer:
    return payer_of(payable.price_class or "", payable.credit_class)


def _non_household(rules: RunRules, payable: Payable, before: Figure | None) -> Derived:
    month = rules.months[0]
    parts = tariff_parts(rules.prices[month], payable.price_class or "")
    if parts is None:
        raise UnknownFigureError("price", f"{month:%Y-%m}")
    return non_household_bill_over_change(parts, _payer(payable), payable.volume(month)).total


def _household(rules: RunRules, payable: Payable, before: Figure | None) -> Derived:
    """Return the bill of one household by tiers, or that of a meter that several share."""
    last = rules.tiers[rules.months[-1]][-1].tariff
    is_shared = not payable.home(rules.months[-1]).is_single
    if is_shared and last.shared is None:
        raise UnknownFigureError("shared_price")
    if rules.period is Period.YEAR:
        parts = [
            (rules.tiers[month][-1].tariff, _home_use(payable, (month,), is_shared=is_shared))
            for month in rules.months
        ]
        return household_bill_to_date(parts, {}).total
    days = [part for month in rules.months for part in rules.tiers[month]]
    tariffs = [
        TariffDays(tariff=tariff, days=sum(part.days for part in same))
        for tariff, same in groupby(days, key=lambda part: part.tariff)
    ]
    use = _home_use(payable, rules.months, is_shared=is_shared)
    if len(tariffs) == 1:
        return household_bill(last, use).total
    return household_bill_over_change(tariffs, use).total


def _home_use(payable: Payable, months: Sequence[date], *, is_shared: bool) -> HouseholdUse:
    total = payable.total(months)
    return HouseholdUse(
        volume=None if total is None else Figure(value=total, origin=f"source:{payable.source}"),
        persons=payable.home(months[-1]).persons,
        is_shared=is_shared,
        label=f"{months[0]:%Y-%m}" if len(months) == 1 else "",
    )


def _resource_tax(rules: RunRules, payable: Payable, before: Figure | None) -> Derived:
    tax = rules.tax
    if tax is None:
        raise UnknownFigureError("tax_rate")
    price_class = payable.price_class or ""
    has_plan = payable.allowed is not None
    parts = [
        Abstraction(
            volume=payable.volume(month),
            plan=payable.plan(month),
            rate=tax_rate(tax.rates[month], price_class),
            label=f"{month:%Y-%m}",
        )
        for month in rules.months
    ]
    is_supplier = price_class.endswith(PUBLIC_SUPPLY)
    return resource_tax(
        parts,
        ladder=tax.ladder if has_plan else None,
        taxed=share_after_loss(tax.loss) if is_supplier and tax.loss is not None else None,
        charged_before=before,
    ).due


_DERIVED: Mapping[RunKind, Callable[[RunRules, Payable, Figure | None], Derived]] = {
    RunKind.OVER_PLAN: _over_plan,
    RunKind.NON_HOUSEHOLD: _non_household,
    RunKind.HOUSEHOLD: _household,
    RunKind.RESOURCE_TAX: _resource_tax,
}
