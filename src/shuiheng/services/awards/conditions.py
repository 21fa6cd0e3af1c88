"""Conditions of a scheme: a fact of the ledger, a comparison, a value; what is not known stays unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

Known = Decimal | frozenset[str] | None


class Fact(StrEnum):
    """What a condition may ask of the ledger; the year is that of the scheme's terms."""

    USE_CLASS = "use_class"
    ABOVE_SCALE = "above_scale"
    PUBLIC_INSTITUTION = "public_institution"
    YEAR_USE_M3 = "year_use_m3"
    SAVED_SHARE = "saved_share"
    USE_OF_ALLOWANCE = "use_of_allowance"
    OVERDUE_YUAN = "overdue_yuan"
    DOCUMENT = "document"


class Comparison(StrEnum):
    """How a fact is held against the value of a condition."""

    AMONG = "among"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Verdict(StrEnum):
    """Whether a condition holds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


NUMBERS = frozenset({Fact.YEAR_USE_M3, Fact.SAVED_SHARE, Fact.USE_OF_ALLOWANCE, Fact.OVERDUE_YUAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition (申报条件).

    Args:
        fact: What is asked.
        comparison: How it is compared.
        value: A number, or the words among which the fact must be.
    """

    fact: Fact
    comparison: Comparison
    value: Decimal | frozenset[str]

    def as_json(self) -> dict[str, Any]:
        """Return it as a scheme keeps it."""
        value = str(self.value) if isinstance(self.value, Decimal) else sorted(self.value)
        return {"fact": self.fact.value, "comparison": self.comparison.value, "value": value}


def read_conditions(kept: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Return the conditions that a scheme keeps."""
    return tuple(
        Condition(
            fact=Fact(each["fact"]),
            comparison=Comparison(each["comparison"]),
            value=Decimal(each["value"]) if isinstance(each["value"], str) else frozenset(each["value"]),
        )
        for each in kept
    )


def verdict_of(condition: Condition, known: Known) -> Verdict:
    """Return whether a condition holds by what is known; a fact of another kind is not known."""
    if isinstance(condition.value, frozenset):
        if not isinstance(known, frozenset) or not known:
            return Verdict.UNKNOWN
        return Verdict.YES if condition.value & known else Verdict.NO
    if not isinstance(known, Decimal):
        return Verdict.UNKNOWN
    is_enough = known >= condition.value
    is_at_edge = known == condition.value
    holds = is_enough if condition.comparison is Comparison.AT_LEAST else not is_enough or is_at_edge
    return Verdict.YES if holds else Verdict.NO


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on all conditions together: one that fails decides, then one that is not known."""
    found = set(verdicts)
    for worst in (Verdict.NO, Verdict.UNKNOWN):
        if worst in found:
            return worst
    return Verdict.YES


def checked_conditions(conditions: Iterable[Condition], facts: Mapping[Fact, Known]) -> list[dict[str, Any]]:
    """Return what was found for each condition, as an award keeps it."""
    found = []
    for condition in conditions:
        known = facts.get(condition.fact)
        said = sorted(known) if isinstance(known, frozenset) else None if known is None else str(known)
        found.append(condition.as_json() | {"found": said, "verdict": verdict_of(condition, known).value})
    return found


def kept_verdict(checks: Iterable[Mapping[str, Any]]) -> Verdict:
    """Return the overall verdict of the checks that an award keeps."""
    return overall(Verdict(each["verdict"]) for each in checks)
