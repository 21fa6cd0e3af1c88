"""The rules by which the allowances of a year are made in a city, as the core reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.utils import timezone

from shuiheng.adapters.records.models import Place
from shuiheng.allowances.adjustments import AdjustmentRule, adjustment_rule_of
from shuiheng.allowances.by_source import BySourceRule, by_source_rule_of
from shuiheng.allowances.carry import CarryRule, carry_rule_of
from shuiheng.allowances.cuts import CutsRule, cuts_rule_of
from shuiheng.allowances.cycle import DueDate, plan_due, proposals_due
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.methods import Method, method_of
from shuiheng.allowances.months import SplitRule, split_rule_of
from shuiheng.allowances.shortage import LITRE, SharingRule, sharing_rule_of
from shuiheng.allowances.transfers import TransferRule, transfer_rule_of
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import unique_citations
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked, DatedValue
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.rules.rulebook_now import rulebook_now

R = TypeVar("R")
ROOM = "allowances"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRules:
    """What holds for the allowances of a year; None where the place has no value.

    Args:
        method: How an allowance is computed.
        sharing: How a shortage is shared.
        split: How the year is divided into months.
        cuts: For what an allowance is cut.
        by_source: By what a norm volume is shared over the sources of a user.
        adjustment: Until when an application is answered.
        carry: What passes from one year to the next.
        transfer: Between whom allowances pass.
        covered: Who has to have an allowance.
        barred: For which circumstances nothing is added.
        proposals_due: Until when users propose.
        plan_due: Until when allowances are given.
    """

    method: Method | None = None
    sharing: SharingRule | None = None
    split: SplitRule | None = None
    cuts: CutsRule | None = None
    by_source: BySourceRule | None = None
    adjustment: AdjustmentRule | None = None
    carry: CarryRule | None = None
    transfer: TransferRule | None = None
    covered: DatedValue | None = None
    barred: DatedValue | None = None
    proposals_due: DueDate | None = None
    plan_due: DueDate | None = None
    values: Mapping[str, DatedValue] = field(default_factory=dict)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Return what the computation of a year rests on, each once."""
        computing = ("method", "shortage_sharing", "monthly_split", "cuts", "covered")
        return unique_citations(
            self.values[name].citation if name in self.values else None for name in computing
        )

    @property
    def split_step_m3(self) -> Decimal:
        """Return what months are whole multiples of."""
        return self.split.step_m3 if self.split is not None else Decimal(1)


def year_rules(city: Place, year: int, *, on: date | None = None) -> YearRules:
    """Return the rules for the allowances of a year in a city.

    Args:
        city: The city.
        year: The year of the allowances.
        on: The day on which they must hold; today, or the day of the year that is nearest to it.

    Raises:
        ServiceError: A value of the rulebook has not the form that its rule needs.
    """
    day = on or day_of_rules(year, timezone.localdate())
    book, values = rulebook_now(city), {}
    for name in _NAMES:
        try:
            values[name] = book.value(f"{ROOM}/{name}", Asked(area=city.code, on=day))
        except (NotInForceError, UnknownRuleError):
            continue

    def read(name: str, reader: Callable[[DatedValue], R]) -> R | None:
        try:
            return reader(values[name]) if name in values else None
        except AllowanceError as error:
            raise refused(error) from error

    method = read("method", method_of)
    step = method.rounding.step if method is not None else LITRE
    return YearRules(
        method=method,
        sharing=read("shortage_sharing", lambda value: sharing_rule_of(value, otherwise_m3=step)),
        split=read("monthly_split", split_rule_of),
        cuts=read("cuts", cuts_rule_of),
        by_source=read("norm_by_source", by_source_rule_of),
        adjustment=read("adjustment", adjustment_rule_of),
        carry=read("carry_over", carry_rule_of),
        transfer=read("carry_over", transfer_rule_of),
        covered=values.get("covered"),
        barred=values.get("increase_barred"),
        proposals_due=read("proposal_due", lambda value: proposals_due(value, year=year)),
        plan_due=read("plan_due", lambda value: plan_due(value, year=year)),
        values=values,
    )


def day_of_rules(year: int, today: date) -> date:
    """Return the day of a year that is today, or the end of it that is nearest."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


_NAMES = (
    *("method", "shortage_sharing", "monthly_split", "cuts", "adjustment", "carry_over"),
    *("covered", "increase_barred", "proposal_due", "plan_due", "norm_by_source"),
)
