"""Use norms (用水定额): how much water a unit of a product or service may take, by a standard of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.citation import Citation
from shuiheng.rules.parameter import Check, Mark


class NormLevel(StrEnum):
    """Which value of a norm: for existing users, for new ones, or of the leaders."""

    GENERAL = "general"
    ADVANCED = "advanced"
    LEADER = "leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseNorm:
    """One row of a standard of use norms (用水定额).

    Args:
        id: Id of the row, unique in its standard: what stands for it in the ledger and in steps.
        standard: Id of the source, which is the standard in its edition.
        area: Code of the division for which it was made: 2, 4 or 6 digits; empty for the nation.
        valid_from: First day on which it holds.
        valid_to: First day on which it no longer holds, or None while in force.
        table: Table of the standard.
        industry: Code of GB/T 4754, of two to four digits; empty where the standard gives none.
        product: Product or service, as the standard names it.
        condition: Process, size or region for which the row is; empty without one.
        unit: Unit as printed, such as `m³/(人·a)`.
        general: Value for existing users (通用值).
        advanced: Value for new, rebuilt and enlarged ones (先进值), or None.
        leader: Value of the leaders (领跑值), or None.
        factors: Least and greatest adjustment factor, or None without adjustment.
        scope: What the value takes in and leaves out.
        page: Page of the standard.
        mark: How well the row is known.
        check: Who held it against the standard, or None.
        recorded_on: Day from which the rulebook knew it.
        withdrawn_on: Day from which the rulebook no longer believed it, or None.
    """

    id: str
    standard: str
    area: str
    valid_from: date
    valid_to: date | None = None
    table: str = ""
    industry: str = ""
    product: str
    condition: str = ""
    unit: str
    general: Decimal
    advanced: Decimal | None = None
    leader: Decimal | None = None
    factors: tuple[Decimal, Decimal] | None = None
    scope: str = ""
    page: str = ""
    mark: Mark = Mark.FOUND
    check: Check | None = None
    recorded_on: date
    withdrawn_on: date | None = None

    @property
    def is_binding(self) -> bool:
        """Return whether an allowance may rest on it: found in its standard and checked by a person."""
        return self.mark is Mark.FOUND and self.check is not None

    @property
    def citation(self) -> Citation:
        """Return how a figure cites it."""
        return Citation(
            rule=f"norms/{self.standard}/{self.id}",
            area=self.area,
            since=self.valid_from,
            source=self.standard,
            clause=" ".join(filter(None, (self.table, self.page and f"p. {self.page}"))),
            is_checked=self.check is not None,
            is_binding=self.is_binding,
        )


def level_value(norm: UseNorm, level: NormLevel) -> Decimal | None:
    """Return the value of a norm at a level, or None where the standard gives none."""
    return {
        NormLevel.GENERAL: norm.general,
        NormLevel.ADVANCED: norm.advanced,
        NormLevel.LEADER: norm.leader,
    }[level]


def has_begun(norm: UseNorm, *, on: date, known_on: date | None = None) -> bool:
    """Return whether a norm is believed and its first day has come, whether it has ended or not."""
    if known_on is not None and norm.recorded_on > known_on:
        return False
    if norm.withdrawn_on is not None and (known_on is None or norm.withdrawn_on <= known_on):
        return False
    return norm.valid_from <= on


def is_in_force(norm: UseNorm, *, on: date, known_on: date | None = None) -> bool:
    """Return whether a norm holds on a day, as known on another (现行定额)."""
    return has_begun(norm, on=on, known_on=known_on) and (norm.valid_to is None or on < norm.valid_to)
