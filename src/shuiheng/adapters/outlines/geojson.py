"""Read a GeoJSON file of areas: polygons with holes, in degrees of CGCS2000; everything else is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NoReturn

Ring = tuple[tuple[float, float], ...]
Polygon = tuple[Ring, ...]
LEAST_CORNERS = 4  # of a closed ring, the last being the first
LONGEST_WORD = 80


class OutlineError(ValueError):
    """A file of outlines cannot be taken.

    Args:
        code: Code of the sentence in the rulebook, for example `outline.not_geojson`.
        values: Names and values for the blanks of the sentence.
    """

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineBounds:
    """What a file may hold.

    Args:
        longitudes: The least and the greatest longitude.
        latitudes: The least and the greatest latitude.
        most_positions: Greatest number of corners of all shapes.
        kept_digits: Decimals of a degree that are kept.
    """

    longitudes: tuple[float, float]
    latitudes: tuple[float, float]
    most_positions: int
    kept_digits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One area of a file.

    Args:
        number: Its place in the file, from 1.
        words: What its properties say, as texts.
        polygons: Its parts, each an outer ring and its holes.
    """

    number: int
    words: tuple[str, ...]
    polygons: tuple[Polygon, ...]


def read_outlines(content: bytes, bounds: OutlineBounds) -> list[Shape]:
    """Return the areas of a file.

    Args:
        content: The bytes, GeoJSON in UTF-8.
        bounds: What it may hold.

    Raises:
        OutlineError: It is no GeoJSON, holds no areas, an open ring, other coordinates, or too much.
    """
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise OutlineError("outline.not_geojson") from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise OutlineError("outline.not_geojson")
    if not features:
        raise OutlineError("outline.no_areas")
    reader = _Reader(bounds)
    return [reader.shape(number, feature) for number, feature in enumerate(features, start=1)]


def turned(ring: Ring, *, left: bool) -> Ring:
    """Return a ring that turns left, against the clock, or right; outer rings turn left and holes right."""
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
    return ring if (area > 0) == left else ring[::-1]


def as_geojson(polygons: Sequence[Polygon]) -> dict[str, Any]:
    """Return the parts of an area as a geometry of GeoJSON."""
    return {
        "type": "MultiPolygon",
        "coordinates": [[[list(corner) for corner in ring] for ring in polygon] for polygon in polygons],
    }


class _Reader:
    """Reads shapes and counts their corners."""

    def __init__(self, bounds: OutlineBounds) -> None:
        self._bounds = bounds
        self._corners = 0

    def shape(self, number: int, feature: object) -> Shape:
        """Return one feature as a shape."""
        known = feature if isinstance(feature, dict) else {}
        geometry, properties = known.get("geometry"), known.get("properties")
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind not in ("Polygon", "MultiPolygon"):
            raise OutlineError("outline.not_an_area", number=str(number), kind=str(kind)[:LONGEST_WORD])
        coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
        parts = [coordinates] if kind == "Polygon" else coordinates
        if not isinstance(parts, list) or not parts:
            raise OutlineError("outline.open_ring", number=str(number))
        words = properties.values() if isinstance(properties, dict) else ()
        return Shape(
            number=number,
            words=tuple(_word(word) for word in words if isinstance(word, str | int)),
            polygons=tuple(self._polygon(number, part) for part in parts),
        )

    def _polygon(self, number: int, rings: object) -> Polygon:
        if not isinstance(rings, list) or not rings:
            raise OutlineError("outline.open_ring", number=str(number))
        outer, *holes = [self._ring(number, ring) for ring in rings]
        return (turned(outer, left=True), *(turned(hole, left=False) for hole in holes))

    def _ring(self, number: int, ring: object) -> Ring:
        if not isinstance(ring, list) or len(ring) < LEAST_CORNERS or ring[0] != ring[-1]:
            raise OutlineError("outline.open_ring", number=str(number))
        self._corners += len(ring)
        if self._corners > self._bounds.most_positions:
            raise OutlineError("outline.too_fine", most=str(self._bounds.most_positions))
        return tuple(self._corner(number, corner) for corner in ring)

    def _corner(self, number: int, corner: object) -> tuple[float, float]:
        if not isinstance(corner, list) or len(corner) < 2:
            raise OutlineError("outline.open_ring", number=str(number))
        east, north = corner[0], corner[1]
        if not (_within(east, self._bounds.longitudes) and _within(north, self._bounds.latitudes)):
            shown = f"{east}, {north}"[:LONGEST_WORD]
            raise OutlineError("outline.out_of_range", number=str(number), corner=shown)
        return round(float(east), self._bounds.kept_digits), round(float(north), self._bounds.kept_digits)


def _within(value: object, span: tuple[float, float]) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and span[0] <= value <= span[1]


def _word(word: str | int) -> str:
    return str(word).strip()[:LONGEST_WORD]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
