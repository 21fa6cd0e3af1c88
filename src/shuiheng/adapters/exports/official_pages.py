"""Sections and page numbers of an official document, upright and on their side.

A page that lies on its side is bound like the others: its head lies at the left hand of
the upright sheet. So its number stands where it stands on the other pages, at the foot of
the upright sheet, which is the left side of the page as it lies; it is turned with the text.
"""

from __future__ import annotations

from decimal import Decimal

from shuiheng.adapters.exports.official_boxes import NAMESPACES, Box, box_xml
from shuiheng.adapters.exports.official_styles import twips, twips_of_mm
from shuiheng.reports.official_form import OfficialForm

_BOX_LENGTH_MM, _BOX_DEPTH_MM = Decimal(30), Decimal(8)
_POINT_MM = Decimal("25.4") / 72
_PAGE_FIELD = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)


def section_xml(form: OfficialForm, *, is_landscape: bool, footers: str) -> str:
    """Return the set-up of a section.

    Args:
        form: Measures.
        is_landscape: Whether its pages lie on their side.
        footers: References to the footers of odd and even pages.
    """
    page = form.page
    width, height = twips_of_mm(page.width_mm), twips_of_mm(page.height_mm)
    margins = {
        "top": page.top_mm,
        "right": page.outer_mm,
        "bottom": page.bottom_mm,
        "left": page.binding_mm,
    }
    turned = ""
    if is_landscape:
        width, height, turned = height, width, ' w:orient="landscape"'
        margins = {
            "top": page.binding_mm,
            "right": page.top_mm,
            "bottom": page.outer_mm,
            "left": page.bottom_mm,
        }
    sides = " ".join(f'w:{side}="{twips_of_mm(size)}"' for side, size in margins.items())
    footer = twips_of_mm(_footer_mm(form))
    return (
        f'<w:sectPr>{footers}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {sides} w:header="851" w:footer="{footer}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{int(form.text.grid_pitch_twips)}"/></w:sectPr>'
    )


def text_width_mm(form: OfficialForm, *, is_landscape: bool) -> Decimal:
    """Return the width of the text on a page."""
    return form.page.text_height_mm if is_landscape else form.page.text_width_mm


def footer_xml(form: OfficialForm, *, is_even: bool, is_landscape: bool) -> str:
    """Return the footer with the page number: right on odd pages, left on even ones."""
    content = _turned_number(form, is_even=is_even) if is_landscape else _number(form, is_even=is_even)
    return f"<w:ftr {NAMESPACES}>{content}</w:ftr>"


def _footer_mm(form: OfficialForm) -> Decimal:
    """Return how far from the edge the line with the number ends, so that its dashes lie as asked."""
    line_mm = (form.text.page_number_pt + 2) * _POINT_MM
    return form.page.bottom_mm - form.places.page_number_below_text_mm - line_mm / 2


def _number(form: OfficialForm, *, is_even: bool) -> str:
    side = "left" if is_even else "right"
    indent = twips(form.text.page_number_pt * form.places.page_number_outer_characters)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}="{indent}"/>'
        f'<w:jc w:val="{side}"/></w:pPr>{_PAGE_FIELD}</w:p>'
    )


def _turned_number(form: OfficialForm, *, is_even: bool) -> str:
    """Return a box on the left side of the page that lies, with the number turned by a right angle."""
    page, places = form.page, form.places
    indent = form.text.page_number_pt * places.page_number_outer_characters * _POINT_MM
    left = page.bottom_mm - places.page_number_below_text_mm - _BOX_DEPTH_MM / 2
    top = page.binding_mm + indent if is_even else page.width_mm - page.outer_mm - indent - _BOX_LENGTH_MM
    box = Box(
        name="page-number",
        width_mm=_BOX_DEPTH_MM,
        height_mm=_BOX_LENGTH_MM,
        left_mm=left,
        top_mm=top,
        is_turned=True,
    )
    side = "left" if is_even else "right"
    number = f'<w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="{side}"/></w:pPr>{_PAGE_FIELD}</w:p>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{box_xml(number, box)}</w:p>'
