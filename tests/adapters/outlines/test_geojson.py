"""A file of outlines holds areas in degrees; what else it holds is refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.outlines import OutlineBounds, OutlineError, as_geojson, read_outlines
from shuiheng.adapters.outlines.geojson import turned

BOUNDS = OutlineBounds(longitudes=(73, 136), latitudes=(3, 54), most_positions=50, kept_digits=3)
RING = [[113.0, 34.0], [113.4, 34.0], [113.4, 34.40004], [113.0, 34.0]]
HOLE = [[113.2, 34.05], [113.3, 34.05], [113.3, 34.1], [113.2, 34.05]]


def _feature(coordinates: object, kind: str = "Polygon", **words: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": words, "geometry": {"type": kind, "coordinates": coordinates}}


def _file(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _refused(content: bytes) -> str:
    with pytest.raises(OutlineError) as refused:
        read_outlines(content, BOUNDS)
    return refused.value.code


def test_areas_come_with_their_words_and_rounded_corners() -> None:
    (shape,) = read_outlines(_file(_feature([RING], name=" 东港区 ", code=990001, size=1.5)), BOUNDS)
    assert shape.words == ("东港区", "990001")
    assert shape.polygons == ((((113.0, 34.0), (113.4, 34.0), (113.4, 34.4), (113.0, 34.0)),),)


def test_outer_rings_turn_left_and_holes_right() -> None:
    (shape,) = read_outlines(_file(_feature([RING[::-1], HOLE])), BOUNDS)
    outer, hole = shape.polygons[0]
    assert outer == turned(outer, left=True) and hole == turned(hole, left=False)
    assert hole == tuple((x, y) for x, y in HOLE[::-1])


def test_several_parts_are_one_shape_and_come_back_as_they_are() -> None:
    (shape,) = read_outlines(_file(_feature([[RING], [HOLE]], "MultiPolygon")), BOUNDS)
    (again,) = read_outlines(_file({"type": "Feature", "geometry": as_geojson(shape.polygons)}), BOUNDS)
    assert len(shape.polygons) == 2 and again.polygons == shape.polygons


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "outline.not_geojson"),
        (b"\xff\xfe", "outline.not_geojson"),
        (b"[" * 100_000, "outline.not_geojson"),
        (b'{"type": "FeatureCollection", "features": NaN}', "outline.not_geojson"),
        (json.dumps(_feature([RING])).encode(), "outline.not_geojson"),
        (_file(), "outline.no_areas"),
        (_file("x"), "outline.not_an_area"),
        (_file(_feature([113.0, 34.0], "Point")), "outline.not_an_area"),
        (_file(_feature([RING[:3]])), "outline.open_ring"),
        (_file(_feature([[*RING[:3], [113.1, 34.1]]])), "outline.open_ring"),
        (_file(_feature([[[113.0], RING[1], RING[2], [113.0]]])), "outline.open_ring"),
        (_file(_feature([])), "outline.open_ring"),
        (_file(_feature([[[x, y] for x, y in reversed(RING)], "x"])), "outline.open_ring"),
        (_file(_feature([[[y, x] for x, y in RING]])), "outline.out_of_range"),
        (_file(_feature([[[38_500_000, 3_770_000]] * 4])), "outline.out_of_range"),
        (_file(_feature([[[True, 34], [113, 34], [113, 35], [True, 34]]])), "outline.out_of_range"),
        (_file(_feature([[RING[0]] * 51])), "outline.too_fine"),
    ],
)
def test_everything_else_is_refused_with_its_cause(content: bytes, code: str) -> None:
    assert _refused(content) == code


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(("type", "features", "geometry", "coordinates", "x")), inner)
    ),
    max_leaves=20,
)


@given(features=st.lists(JSON, min_size=1, max_size=3))
def test_whatever_stands_in_a_file_is_read_or_refused(features: list[object]) -> None:
    with pytest.raises(OutlineError):
        read_outlines(_file(*features), BOUNDS)
