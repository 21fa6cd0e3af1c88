from __future__ import annotations

from lxml import etree

from adapters.documents.making import W
from shuiheng.adapters.documents.docx.styles import paragraph_styles

STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="own"/><w:basedOn w:val="a"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="c"><w:name w:val="x"/><w:basedOn w:val="c"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
</w:styles>"""


def test_a_style_inherits_level_and_number_from_the_style_it_is_based_on() -> None:
    styles = paragraph_styles(etree.fromstring(STYLES))
    assert (styles["a"].outline, styles["b"].outline) == (2, 2)
    assert (styles["b"].list_id, styles["b"].depth) == ("5", 1)


def test_a_style_based_on_itself_ends() -> None:
    assert paragraph_styles(etree.fromstring(STYLES))["c"].outline == 1


def test_a_title_is_known_by_its_name() -> None:
    styles = paragraph_styles(etree.fromstring(STYLES))
    assert styles["t"].is_title
    assert not styles["a"].is_title
    assert paragraph_styles(None) == {}
