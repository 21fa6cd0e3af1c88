"""What is found of the odds of a target, or why there are none (达成可能性)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from shuiheng.indicators.odds.chance import NoOdds, Odds

FINAL, TOO_LITTLE, NO_VALUE, NO_CASES = "final", "too_little", "no_value", "no_cases"
PATHS = 2000
WHYS = (FINAL, TOO_LITTLE, NO_VALUE, NO_CASES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOdds:
    """What is known of the odds of a target.

    Args:
        odds: The odds, or None.
        why: Why there are none; empty with odds.
        act_by: The last day on which opening what is missing still gives the wanted probability.
        by_year: By year, what the value will be with probability 0.1, 0.5 and 0.9.
        told: What a page says further.
    """

    odds: Odds | None = None
    why: str = ""
    act_by: date | None = None
    by_year: Mapping[int, tuple[float, float, float]] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


def answered(
    odds: Odds | NoOdds,
    by_year: Mapping[int, tuple[float, float, float]],
    told: Mapping[str, Any],
    *,
    act_by: date | None = None,
) -> FoundOdds:
    """Return odds with what is told of them, or that there are too few samples for any."""
    if isinstance(odds, NoOdds):
        return FoundOdds(why=TOO_LITTLE, told=told)
    return FoundOdds(odds=odds, by_year=by_year, told=told, act_by=act_by)


def seed_of(name: int | str, on: date) -> int:
    """Return where chance begins for a target or a place on a day."""
    return int.from_bytes(sha256(f"{name}:{on.isoformat()}".encode()).digest()[:6], "big")
