"""Water from its sources over supply and use to where it goes (水流向), with what does not add up shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.indicators.errors import FlowCycleError, NegativeVolumeError

NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Water that goes from one node to the next (水流).

    Args:
        source: Where it comes from.
        target: Where it goes.
        volume: How much, in one unit for all; None while it is not known.
        facts: What the volume is read from.
    """

    source: str
    target: str
    volume: Decimal | None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imbalance:
    """What does not add up at a node (不平衡量).

    Args:
        node: The node.
        volume: What came in less what went out, as far as it is known; below 0 when more went out.
    """

    node: str
    volume: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterFlow:
    """A year of water (水流向): what comes to a node that water passes goes out, or is its imbalance.

    Args:
        streams: What is known, in the order given.
        unknown: Streams without a volume; what they hold is part of an imbalance.
        imbalances: What does not add up, of every node that something passes; those that are 0 are left out.
    """

    streams: Sequence[Stream]
    unknown: Sequence[Stream]
    imbalances: Sequence[Imbalance]


def water_flow(streams: Iterable[Stream]) -> WaterFlow:
    """Return a year of water with its imbalances (水流向).

    A node is passed when streams come to it and streams leave it. Where none of either side is known, nothing
    is said of it: no water was seen there, which is not the same as none.

    Raises:
        NegativeVolumeError: A stream holds less than nothing.
        FlowCycleError: Water would come back to where it was.
    """
    listed = tuple(streams)
    for stream in listed:
        if stream.volume is not None and stream.volume < NONE:
            raise NegativeVolumeError(stream.source, stream.target, str(stream.volume))
    _refuse_circles(listed)
    return WaterFlow(
        streams=tuple(stream for stream in listed if stream.volume is not None),
        unknown=tuple(stream for stream in listed if stream.volume is None),
        imbalances=tuple(imbalance for imbalance in _imbalances(listed) if imbalance.volume),
    )


def _imbalances(streams: Sequence[Stream]) -> Iterable[Imbalance]:
    """Return what does not add up at each node that is passed and of which something is known."""
    volumes: dict[str, Decimal] = {}
    for stream in streams:
        if stream.volume is not None:
            volumes[stream.target] = volumes.get(stream.target, NONE) + stream.volume
            volumes[stream.source] = volumes.get(stream.source, NONE) - stream.volume
    sources = {stream.source for stream in streams}
    passed = dict.fromkeys(stream.target for stream in streams if stream.target in sources)
    return (Imbalance(node=node, volume=volumes[node]) for node in passed if node in volumes)


def _refuse_circles(streams: Sequence[Stream]) -> None:
    after: dict[str, set[str]] = defaultdict(set)
    for stream in streams:
        after[stream.source].add(stream.target)
    while after:
        ends = {node for targets in after.values() for node in targets if node not in after}
        open_ = {node: targets - ends for node, targets in after.items()}
        left = {node: targets for node, targets in open_.items() if targets}
        if len(left) == len(after):
            raise FlowCycleError(min(after))
        after = defaultdict(set, left)
