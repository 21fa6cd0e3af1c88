from __future__ import annotations

from lxml import etree

from adapters.documents.making import W
from shuiheng.adapters.documents.docx.numbering import Numbering, numbering_of


def _level(depth: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LEVELS = (
    _level(0, "chineseCounting", "%1、")
    + _level(1, "chineseCounting", "（%2）")
    + _level(2, "decimal", "%3.")
    + _level(3, "decimal", "%1.%3.%4", "<w:isLgl/>")
)


def _numbering(lists: str) -> Numbering:
    plan = f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    return numbering_of(etree.fromstring(f'<w:numbering xmlns:w="{W}">{plan}{lists}</w:numbering>'))


ONE = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def test_a_deeper_level_starts_again_below_a_new_number() -> None:
    numbering = _numbering(ONE)
    seen = [numbering.label("1", depth) for depth in (0, 1, 1, 0, 1)]
    assert seen == ["一、", "（一）", "（二）", "二、", "（一）"]


def test_a_template_may_name_the_levels_above_in_plain_digits() -> None:
    numbering = _numbering(ONE)
    for depth in (0, 1, 2):
        numbering.label("1", depth)
    assert numbering.label("1", 3) == "1.1.1 "


def test_two_lists_of_one_family_count_on_and_an_override_starts_again() -> None:
    on = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    again = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    numbering = _numbering(ONE + on + again)
    assert [numbering.label(list_id, 0) for list_id in ("1", "2", "3", "3")] == [
        "一、",
        "二、",
        "一、",
        "二、",
    ]


def test_a_list_that_is_not_declared_has_no_label() -> None:
    assert _numbering(ONE).label("9", 0) is None
    assert numbering_of(None).label("1", 0) is None
