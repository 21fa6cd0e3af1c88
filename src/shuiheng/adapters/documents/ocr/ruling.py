"""Ruling lines of a scanned page, found in its pixels, and the tables that they draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from shuiheng.adapters.documents.pdf.lines import Line
from shuiheng.adapters.documents.pdf.ruled import RuledCell, RuledTable, table_of_boxes

_SHORTEST = 40
_JOIN = 6.0


def ruled_in_picture(picture: Any, *, angle: float, page: int, scale: float) -> list[RuledTable]:
    """Return the tables drawn on a picture, from top to bottom, with empty cells.

    Args:
        picture: Pixels as an array of height, width and three colours.
        angle: Degrees by which the page lies askew; it is turned back first.
        page: Page that the tables stand on.
        scale: Points for one pixel.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if angle:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        grey = cv2.warpAffine(grey, turn, (width, height), borderValue=255)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    edges = [*_edges(ink, scale, upright=False), *_edges(ink, scale, upright=True)]
    if len(edges) < 4:
        return []
    merged = merge_edges(edges, 4, 4, 8, 8)
    boxes = intersections_to_cells(edges_to_intersections(merged, _JOIN, _JOIN))
    tables = [table_of_boxes(group, page) for group in cells_to_tables(boxes)]
    return sorted((table for table in tables if table is not None), key=lambda table: table.top)


def _edges(ink: Any, scale: float, *, upright: bool) -> list[dict[str, Any]]:
    """Return the long straight strokes in one direction."""
    kernel = np.ones((_SHORTEST, 1) if upright else (1, _SHORTEST), np.uint8)
    # A scanned stroke wavers by a pixel: thicken it across before looking for length.
    thick = cv2.dilate(ink, np.ones((1, 3) if upright else (3, 1), np.uint8))
    strokes = cv2.morphologyEx(thick, cv2.MORPH_OPEN, kernel)
    outlines, _ = cv2.findContours(strokes, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    edges = []
    for outline in outlines[:5000]:
        x, y, width, height = cv2.boundingRect(outline)
        long, thin = (height, width) if upright else (width, height)
        if thin > 16 or long < _SHORTEST:
            continue
        edges.append(_edge((x * scale, y * scale, (x + width) * scale, (y + height) * scale), upright))
    return edges


def _edge(box: tuple[float, float, float, float], upright: bool) -> dict[str, Any]:
    """Return a stroke as an edge without width, as the table finder knows it."""
    left, top, right, bottom = box
    if upright:
        left = right = (left + right) / 2
    else:
        top = bottom = (top + bottom) / 2
    return {
        "x0": left,
        "x1": right,
        "top": top,
        "bottom": bottom,
        "width": right - left,
        "height": bottom - top,
        "orientation": "v" if upright else "h",
        "object_type": "line",
    }


def into_cells(table: RuledTable, lines: Sequence[Line]) -> None:
    """Put recognised lines into the cells; a line that runs through a border is parted there."""
    for line in lines:
        middle = (line.top + line.bottom) / 2
        row = [cell for cell in table.cells if _top(table, cell) <= middle <= cell.bottom]
        for cell in row:
            part = _part_inside(line, cell)
            if part is not None:
                cell.lines.append(part)
    for cell in table.cells:
        cell.lines = level_lines(cell.lines)


def _top(table: RuledTable, cell: RuledCell) -> float:
    return table.borders[cell.row]


def _part_inside(line: Line, cell: RuledCell) -> Line | None:
    left, right = max(line.x0, cell.x0), min(line.x1, cell.x1)
    width = line.x1 - line.x0
    if right <= left or width <= 0:
        return None
    if (right - left) >= 0.85 * width:
        return line
    per_char = width / len(line.text)
    first, last = round((left - line.x0) / per_char), round((right - line.x0) / per_char)
    text = line.text[first:last].strip()
    return replace(line, text=text, x0=left, x1=right) if text else None


def level_lines(lines: Sequence[Line]) -> list[Line]:
    """Return recognised boxes as lines: boxes side by side are one line."""
    rows: list[Line] = []
    for line in sorted(lines, key=lambda line: ((line.top + line.bottom) / 2, line.x0)):
        last = rows[-1] if rows else None
        level = last is not None and abs(line.top + line.bottom - last.top - last.bottom) < line.size
        if last is not None and level:
            left, right = (last, line) if last.x0 <= line.x0 else (line, last)
            rows[-1] = replace(
                left,
                text=f"{left.text} {right.text}",
                x1=max(left.x1, right.x1),
                bottom=max(left.bottom, right.bottom),
                confidence=min(left.confidence, right.confidence),
            )
        else:
            rows.append(line)
    return rows
