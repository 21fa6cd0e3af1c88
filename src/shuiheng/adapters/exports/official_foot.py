"""The foot of the last page: copies between two rules, the snapshot and the audit root."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from shuiheng.adapters.exports.official_boxes import Box, box_xml
from shuiheng.adapters.exports.official_styles import StyleId, imprint_line_twips, twips, twips_of_mm
from shuiheng.adapters.exports.official_text import paragraph_xml
from shuiheng.reports.lines import Line, LineRole
from shuiheng.reports.official_form import OfficialForm
from shuiheng.reports.title import text_width

_POINTS_PER_MM = 72 / Decimal("25.4")
_LABEL = len("抄送：")
_RAGGED = 2  # characters that a line may be short because a number or a mark goes to the next
_AROUND_PT = 6
_ROOM_PT = 4


def foot_xml(foot: Sequence[Line], form: OfficialForm, *, width_mm: Decimal) -> str:
    """Return the last paragraph of the document with the box that stands on the end of the text."""
    if not foot:
        return paragraph_xml(StyleId.END, "")
    content = "".join(_line_xml(line, form, width_mm=width_mm) for line in foot)
    height_pt = sum((_height_pt(line, form, width_mm=width_mm) for line in foot), Decimal(_ROOM_PT))
    box = Box(name="foot", width_mm=width_mm, height_mm=height_pt / _POINTS_PER_MM)
    return f'<w:p><w:pPr><w:pStyle w:val="{StyleId.END}"/></w:pPr>{box_xml(content, box)}</w:p>'


def _line_xml(line: Line, form: OfficialForm, *, width_mm: Decimal) -> str:
    """Return a line; that of copies stands between rules as wide as the text, so it is a table."""
    if line.role is not LineRole.COPIES:
        return paragraph_xml(StyleId.PROVENANCE, line.text)
    side, size = form.places.imprint_side_characters, form.text.imprint_pt
    rule = round(form.places.thick_rule_mm * _POINTS_PER_MM * 8)
    rules = "".join(
        f'<w:{edge} w:val="single" w:sz="{rule}" w:space="0" w:color="000000"/>' for edge in ("top", "bottom")
    )
    indent = (
        f'<w:ind w:left="{twips(size * (side + _LABEL))}" w:right="{twips(size * side)}" '
        f'w:hanging="{twips(size * _LABEL)}"/>'
    )
    width = twips_of_mm(width_mm)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
        f'<w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{rules}</w:tcBorders></w:tcPr>'
        f"{paragraph_xml(StyleId.IMPRINT, line.text, properties=indent)}</w:tc></w:tr></w:tbl>"
    )


def _height_pt(line: Line, form: OfficialForm, *, width_mm: Decimal) -> Decimal:
    """Return the height of a line of the foot with those that it breaks into."""
    text, width_pt = form.text, width_mm * _POINTS_PER_MM
    if line.role is LineRole.COPIES:
        width_pt -= text.imprint_pt * (2 * form.places.imprint_side_characters + _LABEL + _RAGGED)
        line_pt = Decimal(imprint_line_twips(form)) / 20
        return _AROUND_PT + line_pt * ceil(Decimal(str(text_width(line.text))) * text.imprint_pt / width_pt)
    return text.table_line_pt * ceil(Decimal(str(text_width(line.text))) * text.provenance_pt / width_pt)
