"""Boxes of text at a fixed place of a page: the turned page number, the foot of the last page.

A frame or a floating table would do in Word, but LibreOffice sets both into the text when
they are as wide as it, and it loses the place of a box in DrawingML in the footers of a
third section. A box in VML, the older form, stands where it should in each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shuiheng.adapters.exports.official_styles import WORD

_POINTS_PER_MM = 72 / Decimal("25.4")
_WRAP = '<w10:wrap type="topAndBottom"/>'
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", WORD),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("w10", "urn:schemas-microsoft-com:office:word"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where a box stands and how large it is, in millimetres.

    Args:
        name: Name of the box, of its own in its part.
        width_mm: Width.
        height_mm: Height.
        left_mm: From the left edge of the page, or None to stand at the left of the text.
        top_mm: From the upper edge of the page, or None to stand on the end of the text.
        is_turned: Whether its text is turned clockwise by a right angle.
    """

    name: str
    width_mm: Decimal
    height_mm: Decimal
    left_mm: Decimal | None = None
    top_mm: Decimal | None = None
    is_turned: bool = False


def box_xml(content: str, box: Box) -> str:
    """Return a run with the box around paragraphs; where the text is not turned, other text keeps off."""
    style = {
        "position": "absolute",
        "width": _points(box.width_mm),
        "height": _points(box.height_mm),
        "z-index": "2",
        "mso-wrap-distance-left": "0",
        "mso-wrap-distance-right": "0",
        **_position("left", "horizontal", box.left_mm, edge="left"),
        **_position("top", "vertical", box.top_mm, edge="bottom"),
    }
    flow, wrap = ("layout-flow:vertical", "") if box.is_turned else ("mso-fit-shape-to-text:t", _WRAP)
    return (
        f'<w:r><w:pict><v:rect id="{box.name}" style="{";".join(f"{k}:{v}" for k, v in style.items())}" '
        f'filled="f" stroked="f"><v:textbox style="{flow}" inset="0,0,0,0">'
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox>{wrap}</v:rect></w:pict></w:r>"
    )


def _position(side: str, axis: str, offset_mm: Decimal | None, *, edge: str) -> dict[str, str]:
    """Return where the box stands on one axis: from the edge of the page, or at an edge of the text."""
    if offset_mm is None:
        return {f"mso-position-{axis}": edge, f"mso-position-{axis}-relative": "margin"}
    return {f"margin-{side}": _points(offset_mm), f"mso-position-{axis}-relative": "page"}


def _points(millimetres: Decimal) -> str:
    return f"{millimetres * _POINTS_PER_MM:.2f}pt"
