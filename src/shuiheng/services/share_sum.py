"""Whether the shares of the districts make up the value of the city."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

NOT_ADDITIVE_UNITS = frozenset({"%", "‰", "系数", "百分点", ""})
NOT_ADDITIVE_KINDS = frozenset({"reduction", "milestone"})


class ShareState(StrEnum):
    """What can be said of the shares of a target."""

    NOT_ADDITIVE = "not_additive"
    NONE = "none"
    INCOMPLETE = "incomplete"
    AGREES = "agrees"
    SHORT = "short"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareSum:
    """The sum of the shares, how it stands to the value of the city, and by how much it differs."""

    state: ShareState
    total: Decimal | None
    difference: Decimal


def share_sum(  # noqa: PLR0913  a target has this many sides, all named
    *,
    kind: str,
    op: str,
    unit: str,
    value: Decimal | None,
    value_max: Decimal | None,
    shares: Collection[Decimal],
    places: int,
) -> ShareSum:
    """Return how the shares stand to the value of a target.

    A rate is not a sum of rates. Below a cap the shares may leave some over, above a minimum
    they may promise more; while districts are without a share, only what is too much is said.

    Args:
        kind: Kind of the target.
        op: How its value is meant: at least, at most, equal, or a range.
        unit: Its unit.
        value: The value of the city, the lower one of a range.
        value_max: The upper value of a range.
        shares: The shares that are given.
        places: How many districts there are.
    """
    total = sum(shares, Decimal(0))
    if kind in NOT_ADDITIVE_KINDS or unit in NOT_ADDITIVE_UNITS or "/" in unit or value is None:
        return ShareSum(state=ShareState.NOT_ADDITIVE, total=None, difference=Decimal(0))
    if not shares:
        return ShareSum(state=ShareState.NONE, total=total, difference=value)
    highest = value_max if op == "~" and value_max is not None else value
    if op not in (">=", ">") and (total > highest or (op == "<" and total == highest)):
        return ShareSum(state=ShareState.OVER, total=total, difference=total - highest)
    if len(shares) < places:
        return ShareSum(state=ShareState.INCOMPLETE, total=total, difference=abs(total - value))
    if op not in ("<=", "<") and (total < value or (op == ">" and total == value)):
        return ShareSum(state=ShareState.SHORT, total=total, difference=value - total)
    return ShareSum(state=ShareState.AGREES, total=total, difference=abs(total - value))
