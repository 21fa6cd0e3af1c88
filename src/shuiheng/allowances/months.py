"""How a year's allowance lies over its months (月度分解): as last year, as the user says, or evenly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shuiheng.allowances.errors import BadRuleError, BadSplitError
from shuiheng.allowances.model import MONTHS
from shuiheng.allowances.rule_fields import check_names, name_of, number_field, record_of, text_field
from shuiheng.kernel.citation import Citation
from shuiheng.metering.apportion import apportion
from shuiheng.rules.parameter import DatedValue


class SplitBasis(StrEnum):
    """What a division into months follows."""

    OWN = "own"
    LAST_YEAR = "last_year"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSplit:
    """A year's allowance by month (月度分解).

    Args:
        months: Twelve volumes in m³, January first; they add up to the year.
        basis: What they follow.
    """

    months: tuple[Decimal, ...]
    basis: SplitBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRule:
    """How a place divides the year (分解规则).

    Args:
        own_within_days: Days within which a user may send its own split, or None where none are set.
        otherwise: What holds without an own split.
        step_m3: What months are whole multiples of.
        citation: The value of the rulebook that it was read from.
    """

    own_within_days: int | None
    otherwise: SplitBasis
    step_m3: Decimal
    citation: Citation


def split_rule_of(value: DatedValue) -> SplitRule:
    """Return what a value of the rule `allowances/monthly_split` says (分解规则).

    The record: `own_within` in days, `otherwise` (`last_year` or `equal`), `step` in m³, and
    `by_purpose`, which concerns what users write into their split.

    Raises:
        BadRuleError: The record says what cannot be.
    """
    record, rule = record_of(value), name_of(value)
    check_names(record, known=("own_within", "otherwise", "step", "by_purpose"), rule=rule)
    days = number_field(record, "own_within", rule=rule) if "own_within" in record else None
    otherwise = text_field(record, "otherwise", rule=rule, default=SplitBasis.LAST_YEAR)
    step = number_field(record, "step", rule=rule, default=Decimal(1))
    if days is not None and (days != int(days) or days < 1):
        raise BadRuleError(rule, "`own_within` is a whole number of days from 1")
    if otherwise not in {SplitBasis.LAST_YEAR, SplitBasis.EQUAL} or step <= 0:
        raise BadRuleError(rule, "`otherwise` is `last_year` or `equal`, and `step` above 0")
    return SplitRule(
        own_within_days=None if days is None else int(days),
        otherwise=SplitBasis(otherwise),
        step_m3=step,
        citation=value.citation,
    )


def split_year(
    year_m3: Decimal,
    *,
    own: Sequence[Decimal] | None = None,
    last_year: Sequence[Decimal | None] = (),
    step: Decimal = Decimal(1),
    first_month: int = 1,
) -> MonthSplit:
    """Return the months of a year's allowance (月度分解).

    The user's own split holds where it gave one. Else the months lie as last year's use did, if every
    month of it is known and they had any use; else evenly.

    Args:
        year_m3: The allowance of the year, m³.
        own: The user's own twelve volumes, or None.
        last_year: Last year's use by month, m³; None for a month that is not known.
        step: What months are whole multiples of; what does not fit goes to the largest month.
        first_month: The first month with an allowance, for users that begin during the year.

    Raises:
        BadSplitError: The own split is not one of this year's allowance, or the year is below zero.
    """
    if year_m3 < 0 or not 1 <= first_month <= MONTHS:
        raise BadSplitError(f"the year has {year_m3} m³ from month {first_month} on")
    if own is not None:
        check_own_split(own, year_m3=year_m3, step=step, first_month=first_month)
        return MonthSplit(months=tuple(own), basis=SplitBasis.OWN)
    known = [each for each in last_year if each is not None]
    shape = [max(each, Decimal(0)) for each in known][first_month - 1 :]
    basis = SplitBasis.LAST_YEAR if len(known) == MONTHS and any(shape) else SplitBasis.EQUAL
    weights = shape if basis is SplitBasis.LAST_YEAR else [Decimal(1)] * (MONTHS - first_month + 1)
    lead = (Decimal(0),) * (first_month - 1)
    return MonthSplit(months=(*lead, *shares(year_m3, weights, step=step)), basis=basis)


def check_own_split(
    own: Sequence[Decimal], *, year_m3: Decimal, step: Decimal = Decimal(1), first_month: int = 1
) -> None:
    """Refuse twelve volumes that are not a division of the year (自行分解).

    Raises:
        BadSplitError: There are not twelve, one is below zero, one before the first month has any, more
            than one is no multiple of the step, or they do not add up to the year.
    """
    if len(own) != MONTHS:
        raise BadSplitError(f"there are {len(own)} months, not {MONTHS}")
    if min(own) < 0:
        raise BadSplitError(f"month {own.index(min(own)) + 1} is below zero")
    early = [month for month, each in enumerate(own, 1) if each and month < first_month]
    if early:
        raise BadSplitError(f"month {early[0]} lies before the first month, {first_month}")
    odd = [month for month, each in enumerate(own, 1) if each % step]
    if len(odd) > (1 if year_m3 % step else 0):
        raise BadSplitError(f"month {odd[-1]} is no multiple of {step} m³")
    if sum(own) != year_m3:
        raise BadSplitError(f"they add up to {sum(own)} m³, the year has {year_m3} m³")


def shares(total: Decimal, weights: Sequence[Decimal], *, step: Decimal) -> tuple[Decimal, ...]:
    """Return parts of a total by weight, multiples of a step, that add up to it exactly (最大余数法).

    Whole steps go by greatest remainder, ties to the earlier part. What is less than a step goes to the
    part with the greatest weight.

    Args:
        total: From 0.
        weights: From 0, at least one above.
        step: Above 0.
    """
    scale = Decimal(10) ** max(-int(each.normalize().as_tuple().exponent) for each in weights)
    whole = [int(each * max(scale, Decimal(1))) for each in weights]
    count = int(total // step)
    parts = [Decimal(each) * step for each in apportion(count, whole)]
    parts[whole.index(max(whole))] += total - count * step
    return tuple(parts)
