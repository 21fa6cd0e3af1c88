"""A volume that is built up in layers, cut at the edges of bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The part of one layer that lies in one band.

    Args:
        band: Place of the band, from 0.
        layer: Place of the layer, from 0.
        volume: How much it is, above 0.
    """

    band: int
    layer: int
    volume: Decimal


def cuts(layers: Sequence[Decimal], edges: Sequence[Decimal]) -> Iterator[Cut]:
    """Yield the parts of layers that lie between edges, in their order.

    Args:
        layers: How much each layer holds; the first one starts at 0.
        edges: Upper edges of the bands in rising order; the band above the last edge is open.
    """
    bottom = ZERO
    for layer, size in enumerate(layers):
        top = bottom + size
        low = ZERO
        for band, edge in enumerate((*edges, None)):
            high = top if edge is None else min(edge, top)
            volume = high - max(low, bottom)
            if volume > 0:
                yield Cut(band=band, layer=layer, volume=volume)
            if edge is None or edge >= top:
                break
            low = edge
        bottom = top


def stacked(changes: Sequence[Decimal]) -> list[tuple[int, Decimal]]:
    """Return the layers that are left of a level which rises and falls, lowest first.

    Each change lifts the level to a new layer of its own or takes off what came last.

    Args:
        changes: The level after each step, from 0.

    Returns:
        The step in which each layer that is left was laid, and its size.
    """
    layers: list[tuple[int, Decimal]] = []
    height = ZERO
    for step, level in enumerate(changes):
        if level > height:
            layers.append((step, level - height))
        while level < height and layers:
            laid, size = layers.pop()
            height -= size
            if height < level:
                layers.append((laid, level - height))
                height = level
        height = level
    return layers
