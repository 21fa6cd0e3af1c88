"""What can be wrong with a settlement on a cluster."""

from __future__ import annotations


class ClusterError(RuntimeError):
    """The cluster cannot be reached, or gave the work up.

    Args:
        address: Address of the cluster.
        reason: What it said last.
    """

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"spark.failed: {address}: {reason}. Nothing of the store was changed. Look at the log of the "
            "cluster; every machine needs the store's folder under the same path and the same Shuiheng."
        )
        self.address = address
        self.reason = reason


class UnlikeMachinesError(RuntimeError):
    """A machine of the cluster has another version than the one that asked.

    Args:
        wanted: Version that asked.
        found: Version of the machine.
    """

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(
            f"spark.unlike: a machine has Shuiheng {found}, and {wanted} asked. Install the same."
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
            f"spark.unknown_meter: settled evidence has meter {meter}, which the store does not know."
        )
        self.meter = meter
