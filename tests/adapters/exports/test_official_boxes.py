"""Boxes at a fixed place of a page."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from shuiheng.adapters.exports.official_boxes import NAMESPACES, Box, box_xml


def _style(box: Box) -> dict[str, str]:
    root = etree.fromstring(f"<root {NAMESPACES}>{box_xml('<w:p/>', box)}</root>")
    rect = root.find(".//{urn:schemas-microsoft-com:vml}rect")
    assert rect is not None
    return dict(item.split(":", 1) for item in rect.get("style", "").split(";"))


def test_a_box_with_offsets_is_placed_from_the_edges_of_the_page() -> None:
    box = Box(
        name="a",
        width_mm=Decimal("25.4"),
        height_mm=Decimal("12.7"),
        left_mm=Decimal("50.8"),
        top_mm=Decimal(0),
        is_turned=True,
    )
    style = _style(box)
    assert (style["width"], style["height"], style["margin-left"]) == ("72.00pt", "36.00pt", "144.00pt")
    assert style["mso-position-horizontal-relative"] == style["mso-position-vertical-relative"] == "page"


def test_a_box_without_offsets_stands_at_the_lower_left_of_the_text() -> None:
    style = _style(Box(name="a", width_mm=Decimal(10), height_mm=Decimal(10)))
    assert (style["mso-position-horizontal"], style["mso-position-vertical"]) == ("left", "bottom")
    assert style["mso-position-vertical-relative"] == "margin"


def test_only_a_box_with_text_of_the_page_keeps_other_text_off() -> None:
    plain = Box(name="a", width_mm=Decimal(10), height_mm=Decimal(10))
    turned = Box(name="a", width_mm=Decimal(10), height_mm=Decimal(10), is_turned=True)
    assert "topAndBottom" in box_xml("", plain)
    assert "topAndBottom" not in box_xml("", turned)
    assert "layout-flow:vertical" in box_xml("", turned)
