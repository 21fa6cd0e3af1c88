"""Styles, fonts and settings of the official document."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from shuiheng.adapters.exports.official_styles import (
    WORD,
    StyleId,
    characters,
    font_table_xml,
    imprint_line_twips,
    lines,
    settings_xml,
    styles_xml,
    twips,
    twips_of_mm,
)
from shuiheng.adapters.rulebook.official_form import load_official_form

FORM = load_official_form()
STYLES = etree.fromstring(styles_xml(FORM))


def _style(style: StyleId) -> etree._Element:
    found = STYLES.find(f"{{{WORD}}}style[@{{{WORD}}}styleId='{style}']")
    assert found is not None
    return found


def _value(style: StyleId, path: str, name: str = "val") -> str | None:
    element = _style(style).find("/".join(f"{{{WORD}}}{step}" for step in path.split("/")))
    return None if element is None else element.get(f"{{{WORD}}}{name}")


def test_every_style_is_defined_once() -> None:
    ids = [style.get(f"{{{WORD}}}styleId") for style in STYLES.iter(f"{{{WORD}}}style")]
    assert len(ids) == len(set(ids))
    assert set(StyleId) <= set(ids)


def test_the_body_has_the_line_and_the_spacing_that_hold_the_grid() -> None:
    assert _value(StyleId.NORMAL, "pPr/spacing", "line") == "578"
    assert _value(StyleId.NORMAL, "pPr/spacing", "lineRule") == "exact"
    assert _value(StyleId.NORMAL, "rPr/spacing") == "-5"
    assert _value(StyleId.BODY, "pPr/ind", "firstLine") == "630"


def test_levels_have_the_typefaces_of_the_standard() -> None:
    assert _value(StyleId.HEADING_1, "rPr/rFonts", "eastAsia") == "黑体"
    assert _value(StyleId.HEADING_2, "rPr/rFonts", "eastAsia") == "楷体_GB2312"
    assert _value(StyleId.HEADING_3, "rPr/rFonts", "eastAsia") == "仿宋_GB2312"
    assert _value(StyleId.TITLE, "rPr/rFonts", "eastAsia") == "方正小标宋简体"
    assert _value(StyleId.TITLE, "rPr/sz") == "44"
    assert _value(StyleId.FOOTER, "rPr/sz") == "28"


def test_the_font_table_names_what_may_stand_in() -> None:
    table = etree.fromstring(font_table_xml(FORM).encode())
    names = {
        font.get(f"{{{WORD}}}name"): font[0].get(f"{{{WORD}}}val") for font in table.iter(f"{{{WORD}}}font")
    }
    assert names["仿宋_GB2312"] == "仿宋,FangSong,方正仿宋_GBK"
    assert len(names) == 5


def test_even_pages_have_a_footer_of_their_own() -> None:
    assert etree.fromstring(settings_xml()).find(f"{{{WORD}}}evenAndOddHeaders") is not None


def test_measures_are_turned_into_twentieths_of_a_point() -> None:
    assert twips(Decimal("28.9")) == 578
    assert twips_of_mm(Decimal("25.4")) == 1440
    assert characters(FORM, Decimal(2)) == 630
    assert lines(FORM, Decimal(2)) == 1156
    assert imprint_line_twips(FORM) > twips(FORM.text.imprint_pt)
