"""What can be wrong with a settlement that is asked for."""

from __future__ import annotations


class NothingToSettleError(ValueError):
    """There is nothing of which to settle a period.

    Args:
        reason: Why.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"settlement.nothing: {reason}. Take readings in first, or ask for another period.")
        self.reason = reason


class UnevenSettlementsError(ValueError):
    """Two settlements cannot be compared: they are of other generations, periods or ranges.

    Args:
        what: In what they differ.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"settlement.uneven: the two settlements differ in {what}. Settle both alike.")
        self.what = what
