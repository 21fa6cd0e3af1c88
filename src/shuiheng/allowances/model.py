"""What planned allowances are made of (用水计划指标): users by source, past use, activities, permits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from shuiheng.allowances.use_norm import UseNorm
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Account:
    """Whose allowance, from which source and for which year (计划户头): each source has its own.

    Args:
        user: Key of the water user.
        source: Key of its source: an abstraction of its own or a connection to public supply.
        year: The calendar year.
    """

    user: str
    source: str
    year: int

    def __str__(self) -> str:
        """Return how an error names it."""
        return f"{self.user}/{self.source}/{self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """What could not be computed, because inputs are missing; never taken as 0 (数据不足).

    Args:
        missing: Ids of the inputs, each with words in `rulebook/words/derivation.yaml`.
    """

    missing: tuple[str, ...]


Outcome: TypeAlias = Derived | Unknown
"""A result with its steps, or what is missing for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearUse:
    """What a user took from the source in a past year.

    Args:
        year: The year.
        m3: Its use, or None when it is not known as a whole.
        origin: Key of what it was read from.
    """

    year: int
    m3: Decimal | None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What a user makes or serves, with the norm for it.

    Args:
        norm: The norm that holds for it.
        amount: How many units of the norm's activity in the year, or None when not known.
        unit: Unit in which `amount` counts, or empty for that of the norm; `床·d` counts the days in.
        days: Days of the year on which it runs, for norms per day; None when not known.
        factor: Adjustment factor that holds for it.
        origin: Key of what the amount was read from.
        label: Its name, where it is not the product of the norm.
    """

    norm: UseNorm
    amount: Decimal | None
    unit: str = ""
    days: Decimal | None = None
    factor: Decimal = Decimal(1)
    origin: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShare:
    """The part of a user's norm volume that falls to one of its sources.

    Args:
        part: What counts for the source, or None when it is not known.
        whole: What counts for all sources of the user, above 0; None when it is not known.
        basis: By what is shared.
        citation: The rule that says so.
    """

    part: Decimal | None
    whole: Decimal | None
    basis: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceInputs:
    """All that is known of a user and a source for computing its allowance.

    Args:
        account: Whose allowance.
        uses: Past years, in any order; the newest one tells where the series ends.
        activities: What the user makes or serves; empty when no norm is named for it.
        source_share: The part of it that falls to the source; None for a user with one source.
        is_new: Whether it is a new, rebuilt or enlarged project, for which the stricter value holds.
        has_permit: Whether the source needs a permit.
        permit_m3: Volume that the permit allows in the year, or None when not known.
        supply_m3: What the supplier can deliver in the year, or None when not known or not limited.
        design_m3: Design figure of a year, or None.
        proposal_m3: What the user proposed, or None when it proposed nothing.
        pool_m3: Volume that is shared equally, with `pool_count` users, or None.
        pool_count: How many share it.
    """

    account: Account
    uses: tuple[YearUse, ...] = ()
    activities: tuple[Activity, ...] = ()
    source_share: SourceShare | None = None
    is_new: bool = False
    has_permit: bool = False
    permit_m3: Decimal | None = None
    supply_m3: Decimal | None = None
    design_m3: Decimal | None = None
    proposal_m3: Decimal | None = None
    pool_m3: Decimal | None = None
    pool_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A figure while it is worked out: exact, with the steps so far, not yet rounded.

    Args:
        exact: The figure, m³.
        steps: The steps that led to it, the last of which gives it.
    """

    exact: Fraction
    steps: tuple[Step, ...]
