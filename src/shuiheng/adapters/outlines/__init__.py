"""Outlines of places from GeoJSON files that a city supplies.

In: the bytes of a file. Out: shapes with what their properties say, checked and rounded; what is
wrong with a file is an `OutlineError` with the code of its sentence.
"""

from shuiheng.adapters.outlines.geojson import OutlineBounds, OutlineError, Shape, as_geojson, read_outlines

__all__ = ["OutlineBounds", "OutlineError", "Shape", "as_geojson", "read_outlines"]
