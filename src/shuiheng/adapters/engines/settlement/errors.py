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


class UnlikeMachinesError(RuntimeError):
    """A machine of the cluster has another version than the one that asked.

    Args:
        wanted: Version that asked.
        found: Version of the machine.
    """

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(
            f"settlement.unlike: a machine has Shuiheng {found}, and {wanted} asked. Install the same."
        )
        self.wanted = wanted
        self.found = found


class UnknownMeterError(RuntimeError):
    """Settled evidence names a meter that the generation does not know: the store is damaged.

    Args:
        meter: Its id.
    """

    def __init__(self, meter: int) -> None:
        super().__init__(
            f"settlement.unknown_meter: settled evidence has meter {meter}, which the store does not know."
        )
        self.meter = meter
