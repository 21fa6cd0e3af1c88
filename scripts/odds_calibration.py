"""The picture of the calibration of odds: for each part of the back-test, what was forecast and what came."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from shuiheng.indicators.odds.score import CalibrationBin

SIDE, GAP, ROW = 220, 46, 4
SMALLEST, LARGEST = 2.0, 9.0
STYLE = (
    "text{font:12px sans-serif;fill:#222}.frame{fill:none;stroke:#999}.even{stroke:#999;stroke-dasharray:4 3}"
    ".bin{fill:#0b6aa2;fill-opacity:.75}"
)


def calibration_picture(parts: Mapping[str, Sequence[CalibrationBin]]) -> str:
    """Return an SVG with a square for each part: forecasts to the right, what came true upward.

    A dot on the broken line is a forecast that was right; its size tells how many forecasts it stands for.
    """
    rows = -(-len(parts) // ROW)
    width, height = min(len(parts), ROW) * (SIDE + GAP) + GAP, rows * (SIDE + 2 * GAP)
    squares = [
        _square(name, bins, GAP + place % ROW * (SIDE + GAP), GAP + place // ROW * (SIDE + 2 * GAP))
        for place, (name, bins) in enumerate(parts.items())
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
    return "\n".join([head, f"<style>{STYLE}</style>", *squares, "</svg>"]) + "\n"


def _square(name: str, bins: Sequence[CalibrationBin], left: float, top: float) -> str:
    most = max((each.number for each in bins), default=1)
    dots = [
        f'<circle class="bin" cx="{left + each.mean_forecast * SIDE:.1f}" '
        f'cy="{top + (1 - each.share_met) * SIDE:.1f}" r="{_radius(each.number, most):.1f}">'
        f"<title>{each.mean_forecast:.0%} / {each.share_met:.0%} ({each.number})</title></circle>"
        for each in bins
        if each.mean_forecast is not None and each.share_met is not None
    ]
    return "\n".join(
        [
            f'<text x="{left}" y="{top - 10}">{name}</text>',
            f'<rect class="frame" x="{left}" y="{top}" width="{SIDE}" height="{SIDE}"/>',
            f'<line class="even" x1="{left}" y1="{top + SIDE}" x2="{left + SIDE}" y2="{top}"/>',
            f'<text x="{left}" y="{top + SIDE + 16}">0</text>',
            f'<text x="{left + SIDE - 70}" y="{top + SIDE + 16}">forecast 100%</text>',
            *dots,
        ]
    )


def _radius(number: int, most: int) -> float:
    return SMALLEST + (LARGEST - SMALLEST) * math.sqrt(number / most)
