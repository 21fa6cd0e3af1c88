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
