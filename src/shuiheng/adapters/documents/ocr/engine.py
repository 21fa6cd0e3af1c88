"""The recognition engine: a picture in, lines of text with their boxes and confidence out.

The models lie inside the wheel of the optional extra; nothing is fetched.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from shuiheng.adapters.documents.pdf.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The lines of a picture, and the angle in degrees by which it was turned."""

    lines: list[Line]
    angle: float


@cache
def engine() -> Any:
    """Return the engine, loaded once."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - the extra is optional and slow to load

    logging.disable(logging.WARNING)
    return RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 2})


def recognised(picture: Any, *, page: int, scale: float) -> Recognised:
    """Return the lines of a picture.

    Args:
        picture: Pixels as an array of height, width and three colours.
        page: Page that the lines stand on.
        scale: Points for one pixel.
    """
    result = engine()(picture)
    if result.boxes is None or result.txts is None:
        return Recognised(lines=[], angle=0.0)
    boxes = [[(float(x), float(y)) for x, y in box] for box in result.boxes]
    angle = _slant(boxes)
    height, width = picture.shape[:2]
    lines = []
    for box, text, score in zip(boxes, result.txts, result.scores, strict=True):
        if not text.strip():
            continue
        level = [_turned(point, -angle, (width / 2, height / 2)) for point in box]
        xs, ys = [x * scale for x, _ in level], [y * scale for _, y in level]
        tall = (ys[2] + ys[3] - ys[0] - ys[1]) / 2
        middle = sum(ys) / 4
        lines.append(
            Line(
                text=text.strip(),
                x0=min(xs),
                x1=max(xs),
                top=middle - tall / 2,
                bottom=middle + tall / 2,
                size=max(tall * 0.8, 1.0),
                font="",
                page=page,
                confidence=round(float(score), 3),
            )
        )
    return Recognised(lines=lines, angle=angle)


def _slant(boxes: list[list[tuple[float, float]]]) -> float:
    """Return the usual angle of the upper edges of wide boxes, in degrees."""
    angles = sorted(
        math.degrees(math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]))
        for box in boxes
        if box[1][0] - box[0][0] > 6 * abs(box[3][1] - box[0][1])
    )
    angle = angles[len(angles) // 2] if angles else 0.0
    return angle if 0.15 < abs(angle) < 15 else 0.0


def _turned(point: tuple[float, float], degrees: float, centre: tuple[float, float]) -> tuple[float, float]:
    """Return a point turned around `centre`."""
    radians = math.radians(degrees)
    x, y = point[0] - centre[0], point[1] - centre[1]
    return (
        centre[0] + x * math.cos(radians) - y * math.sin(radians),
        centre[1] + x * math.sin(radians) + y * math.cos(radians),
    )
