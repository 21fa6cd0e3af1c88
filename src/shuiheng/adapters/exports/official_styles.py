"""Styles, fonts and settings of an official document, in place of those of the writer's template.

The default template of the writer declares Japanese theme fonts, which win over any name
that a run gives; so its styles are replaced as a whole. Each style names its typeface in
all four slots. No font file is shipped: the font table lists what may stand in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from xml.sax.saxutils import quoteattr

from shuiheng.reports.official_form import FontRole, OfficialForm

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HALF_LINE = Decimal("0.5")
_TWIPS_PER_MM = Decimal(1440) / Decimal("25.4")


class StyleId(StrEnum):
    """Name of each style inside the document."""

    NORMAL = "Normal"
    BODY = "OfficialBody"
    TITLE = "OfficialTitle"
    LETTERHEAD = "OfficialLetterhead"
    NUMBER = "OfficialNumber"
    ADDRESSEES = "OfficialAddressees"
    HEADING_1 = "Heading1"
    HEADING_2 = "Heading2"
    HEADING_3 = "Heading3"
    HEADING_4 = "Heading4"
    SIGNATURE = "OfficialSignature"
    ANNEX_MARK = "OfficialAnnexMark"
    ANNEX_TITLE = "OfficialAnnexTitle"
    TABLE_TEXT = "OfficialTableText"
    TABLE_HEAD = "OfficialTableHead"
    IMPRINT = "OfficialImprint"
    PROVENANCE = "OfficialProvenance"
    END = "OfficialEnd"
    FOOTER = "Footer"


_BUILT_IN = (
    StyleId.HEADING_1,
    StyleId.HEADING_2,
    StyleId.HEADING_3,
    StyleId.HEADING_4,
    StyleId.FOOTER,
)
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_KEEP, _CENTRED, _LEFT = "<w:keepNext/><w:keepLines/>", '<w:jc w:val="center"/>', '<w:jc w:val="left"/>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the letters of a style differ from the body: face, size, outline level, colour."""

    font: str = ""
    size: Decimal | None = None
    level: int | None = None
    colour: str = ""


def twips(points: Decimal) -> int:
    """Return points as twentieths of a point."""
    return round(points * 20)


def twips_of_mm(millimetres: Decimal) -> int:
    """Return millimetres as twentieths of a point."""
    return round(millimetres * _TWIPS_PER_MM)


def characters(form: OfficialForm, number: Decimal) -> int:
    """Return the width of so many characters of the body in twentieths of a point."""
    return twips(form.text.character_pt * number)


def lines(form: OfficialForm, number: Decimal) -> int:
    """Return the height of so many lines of the body in twentieths of a point."""
    return twips(form.text.line_pt * number)


def imprint_line_twips(form: OfficialForm) -> int:
    """Return the height of one line of the imprint."""
    return twips(form.text.imprint_pt + 4)


def styles_xml(form: OfficialForm) -> str:
    """Return the styles part."""
    body = form.font(FontRole.BODY)
    text = form.text
    return (
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(body)}'
        f'<w:kern w:val="0"/><w:sz w:val="{_half_points(text.body_pt)}"/>'
        f'<w:szCs w:val="{_half_points(text.body_pt)}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        + _normal(form)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
        '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + "".join(_styles(form))
        + "</w:styles>"
    )


def font_table_xml(form: OfficialForm) -> str:
    """Return the font table part, each typeface with the names that may stand in for it."""
    entries = "".join(
        f"<w:font w:name={quoteattr(names[0])}>"
        + (f"<w:altName w:val={quoteattr(','.join(names[1:]))}/>" if names[1:] else "")
        + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for _, names in form.fonts
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<w:fonts xmlns:w="{WORD}">{entries}</w:fonts>'


def settings_xml() -> str:
    """Return the settings part: page numbers differ on even pages, punctuation is not squeezed."""
    return (
        f'<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _normal(form: OfficialForm) -> str:
    spacing = int(form.text.spacing_twips)
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{lines(form, Decimal(1))}" w:lineRule="exact"/>'
        f'<w:jc w:val="both"/></w:pPr><w:rPr><w:spacing w:val="{spacing}"/></w:rPr></w:style>'
    )


def _styles(form: OfficialForm) -> list[str]:
    return [*_head_styles(form), *_heading_styles(form), *_annex_styles(form), *_foot_styles(form)]


def _head_styles(form: OfficialForm) -> list[str]:
    title = form.font(FontRole.TITLE)
    before = lines(form, form.places.blank_before_addressees)
    return [
        _style(
            StyleId.LETTERHEAD,
            "发文机关标志",
            _KEEP + _OFF_GRID + _CENTRED,
            Look(font=title, colour="FF0000"),
        ),
        _style(StyleId.NUMBER, "发文字号", _KEEP + _CENTRED),
        _style(
            StyleId.TITLE,
            "公文标题",
            _KEEP + _OFF_GRID + _CENTRED,
            Look(font=title, size=form.text.title_pt, level=0),
        ),
        _style(StyleId.ADDRESSEES, "主送机关", f'<w:spacing w:before="{before}"/>{_LEFT}'),
    ]


def _heading_styles(form: OfficialForm) -> list[str]:
    first_line = f'<w:ind w:firstLine="{characters(form, form.places.first_line_characters)}"/>'
    roles = (FontRole.FIRST_LEVEL, FontRole.SECOND_LEVEL, FontRole.BODY, FontRole.BODY)
    headings = (StyleId.HEADING_1, StyleId.HEADING_2, StyleId.HEADING_3, StyleId.HEADING_4)
    return [
        _style(StyleId.BODY, "公文正文", first_line),
        *(
            _style(
                heading, f"heading {level}", _KEEP + first_line, Look(font=form.font(role), level=level - 1)
            )
            for level, (heading, role) in enumerate(zip(headings, roles, strict=True), start=1)
        ),
    ]


def _annex_styles(form: OfficialForm) -> list[str]:
    text, first_level = form.text, form.font(FontRole.FIRST_LEVEL)
    line = f'{_OFF_GRID}<w:spacing w:line="{twips(text.table_line_pt)}" w:lineRule="exact"/>'
    around = (
        f'<w:spacing w:before="{lines(form, form.places.annex_title_line - 2)}" '
        f'w:after="{lines(form, HALF_LINE)}"/>'
    )
    title = Look(font=form.font(FontRole.TITLE), size=text.title_pt, level=0)
    return [
        _style(StyleId.ANNEX_MARK, "附件标识", _KEEP + _LEFT, Look(font=first_level)),
        _style(StyleId.ANNEX_TITLE, "附件标题", _KEEP + _OFF_GRID + around + _CENTRED, title),
        _style(StyleId.TABLE_TEXT, "附表文字", line + _LEFT, Look(size=text.table_pt)),
        _style(StyleId.TABLE_HEAD, "附表表头", line + _CENTRED, Look(font=first_level, size=text.table_pt)),
    ]


def _foot_styles(form: OfficialForm) -> list[str]:
    text = form.text
    small = f'{_OFF_GRID}<w:spacing w:line="{twips(text.table_line_pt)}" w:lineRule="exact"/>'
    imprint_line = (
        f'{_OFF_GRID}<w:spacing w:before="40" w:after="80" w:line="{imprint_line_twips(form)}" '
        'w:lineRule="exact"/>'
    )
    number = Look(font=form.font(FontRole.PAGE_NUMBER), size=text.page_number_pt)
    number_line = f'{_OFF_GRID}<w:spacing w:line="{twips(text.page_number_pt + 2)}" w:lineRule="exact"/>'
    return [
        _style(StyleId.SIGNATURE, "署名和成文日期", '<w:keepLines/><w:jc w:val="right"/>'),
        _style(StyleId.IMPRINT, "版记", imprint_line + _LEFT, Look(size=text.imprint_pt)),
        _style(StyleId.PROVENANCE, "数据来源标记", small + _LEFT, Look(size=text.provenance_pt)),
        _style(
            StyleId.END,
            "文末",
            _OFF_GRID + '<w:spacing w:line="20" w:lineRule="exact"/>',
            Look(size=Decimal(1)),
        ),
        _style(StyleId.FOOTER, "footer", number_line, number),
    ]


def _style(style: StyleId, name: str, paragraph: str, look: Look | None = None) -> str:
    """Return one paragraph style; type of another size than the body has no extra spacing."""
    look = look or Look()
    run = _fonts(look.font) if look.font else ""
    run += f'<w:color w:val="{look.colour}"/>' if look.colour else ""
    if look.size is not None:
        size = _half_points(look.size)
        run += f'<w:spacing w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    outline = f'<w:outlineLvl w:val="{look.level}"/>' if look.level is not None else ""
    custom = "" if style in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style}"><w:name w:val={quoteattr(name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}{outline}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def _fonts(name: str) -> str:
    quoted = quoteattr(name)
    return f"<w:rFonts w:ascii={quoted} w:hAnsi={quoted} w:eastAsia={quoted} w:cs={quoted}/>"


def _half_points(size: Decimal) -> int:
    return round(size * 2)
