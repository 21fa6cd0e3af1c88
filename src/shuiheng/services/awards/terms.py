"""The terms of a scheme: how its amount is found, who may have it, how often a subject is paid for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from shuiheng.adapters.records.models import SchemeKind
from shuiheng.services.awards.conditions import NUMBERS, Comparison, Condition, read_conditions
from shuiheng.services.errors import ServiceError

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_CONDITIONS = 12


class AmountMode(StrEnum):
    """How the amount of an award is found."""

    FIXED = "fixed"
    ASKED = "asked"
    SHARE = "share"
    IRRIGATION = "irrigation"


class Repeats(StrEnum):
    """How often a subject may be paid for: once at all, or once in a year."""

    ONCE = "once"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a scheme says (奖补条款).

    Args:
        mode: How the amount is found.
        yuan: The amount of each award, where it is fixed.
        share: Share of the cost that is paid, from 0 to 1, where it is a share.
        most: The most that one award gives, or None.
        use_year: Year of the use that conditions and irrigation look at.
        repeats: How often a subject may be paid for.
        conditions: What a user must fulfil.
    """

    mode: AmountMode
    yuan: Decimal | None = None
    share: Decimal | None = None
    most: Decimal | None = None
    use_year: int
    repeats: Repeats = Repeats.ONCE
    conditions: tuple[Condition, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return them as a scheme keeps them; numbers are strings."""
        return {
            "mode": self.mode.value,
            "yuan": _text(self.yuan),
            "share": _text(self.share),
            "most": _text(self.most),
            "use_year": self.use_year,
            "repeats": self.repeats.value,
            "conditions": [each.as_json() for each in self.conditions],
        }


def read_terms(kept: Mapping[str, Any]) -> Terms:
    """Return the terms that a scheme keeps."""
    return Terms(
        mode=AmountMode(kept["mode"]),
        yuan=_number(kept["yuan"]),
        share=_number(kept["share"]),
        most=_number(kept["most"]),
        use_year=kept["use_year"],
        repeats=Repeats(kept["repeats"]),
        conditions=read_conditions(kept["conditions"]),
    )


def refuse_unusable_terms(kind: SchemeKind, terms: Terms) -> None:
    """Refuse terms by which no amount can be found, or that do not fit the kind of the scheme.

    Raises:
        ServiceError: `awards.terms_unusable`, with the field at fault; `awards.too_many_conditions`.
    """
    faults = {
        "mode": (terms.mode is AmountMode.IRRIGATION) != (kind == SchemeKind.IRRIGATION),
        "yuan": terms.mode is AmountMode.FIXED and (terms.yuan is None or terms.yuan <= 0),
        "share": terms.mode is AmountMode.SHARE and (terms.share is None or not 0 < terms.share <= 1),
        "most": terms.most is not None and terms.most <= 0,
        "use_year": not FIRST_YEAR <= terms.use_year <= LAST_YEAR,
    }
    for field, is_wrong in faults.items():
        if is_wrong:
            raise ServiceError("awards.terms_unusable", field=field)
    if len(terms.conditions) > MOST_CONDITIONS:
        raise ServiceError("awards.too_many_conditions", most=str(MOST_CONDITIONS))
    for condition in terms.conditions:
        is_number = isinstance(condition.value, Decimal)
        is_among = condition.comparison is Comparison.AMONG
        words = condition.value if isinstance(condition.value, frozenset) else frozenset({""})
        if is_number == is_among or is_number != (condition.fact in NUMBERS) or not words:
            raise ServiceError("awards.terms_unusable", field=condition.fact.value)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
