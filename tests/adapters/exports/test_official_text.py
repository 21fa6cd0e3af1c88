"""Paragraphs of an official document."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from shuiheng.adapters.exports.official_styles import StyleId, characters, lines
from shuiheng.adapters.exports.official_text import front_xml, paragraph_xml, text_xml
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.reports.lines import Line, LineRole

FORM = load_official_form()


def _line(role: LineRole, words: str, level: int = 0) -> Line:
    return Line(role=role, parts=(words,), level=level)


def _indent(xml: str, side: str) -> int:
    found = re.search(rf'w:ind [^>]*w:{side}="(\d+)"', xml)
    return int(found[1]) if found else 0


TITLE, BODY = _line(LineRole.TITLE, "关于甲的通知"), _line(LineRole.BODY, "正文。")
DAY = _line(LineRole.DAY, "2026年7月15日")


def test_the_title_stands_two_lines_below_a_number_and_first_without_one() -> None:
    alone = next(front_xml([TITLE], FORM))
    below = list(front_xml([_line(LineRole.NUMBER, "青〔2026〕1号"), TITLE], FORM))[1]
    assert 'w:before="0"' in alone
    assert f'w:before="{lines(FORM, Decimal(2))}"' in below


def test_the_red_rule_stands_below_the_number_or_below_the_letterhead_alone() -> None:
    head, number = _line(LineRole.LETTERHEAD, "青禾市文件"), _line(LineRole.NUMBER, "青〔2026〕1号")
    with_number = list(front_xml([head, number, TITLE], FORM))
    assert ["w:pBdr" in xml for xml in with_number] == [False, True, False]
    assert ["w:pBdr" in xml for xml in front_xml([head, TITLE], FORM)] == [True, False]
    assert ["w:pBdr" in xml for xml in front_xml([number, TITLE], FORM)] == [False, False]


@pytest.mark.parametrize(("count", "is_largest"), [(5, True), (24, False)])
def test_a_long_letterhead_is_set_small_enough_for_one_line(count: int, is_largest: bool) -> None:
    xml = next(front_xml([_line(LineRole.LETTERHEAD, "青" * count)], FORM))
    found = re.search(r'w:sz w:val="(\d+)"', xml)
    assert found is not None
    size = Decimal(found[1]) / 2
    assert (size == FORM.text.letterhead_largest_pt) is is_largest
    assert size * count <= FORM.page.text_width_mm * 72 / Decimal("25.4")


def test_the_signer_is_centred_over_the_day_which_stands_four_characters_in() -> None:
    signer = _line(LineRole.SIGNER, "青禾市水利局")
    xml = list(front_xml([TITLE, BODY, signer, DAY], FORM))
    assert _indent(xml[3], "right") == characters(FORM, Decimal(4))
    # The day is 6.5 characters wide: 4 + 6.5 / 2 less half of the six characters of the signer.
    assert _indent(xml[2], "right") == characters(FORM, Decimal("4.25"))


def test_a_signer_longer_than_the_line_ends_at_the_margin() -> None:
    xml = list(front_xml([TITLE, BODY, _line(LineRole.SIGNER, "青" * 26), DAY], FORM))
    assert _indent(xml[2], "right") == 0


def test_the_last_words_stay_with_the_signature() -> None:
    lines_ = [TITLE, BODY, BODY, _line(LineRole.SIGNER, "青禾市"), DAY]
    assert ["<w:keepNext/>" in xml for xml in front_xml(lines_, FORM)] == [False, False, True, True, False]


def test_names_of_annexes_begin_below_each_other() -> None:
    notes = [_line(LineRole.ANNEX_NOTE, f"{number}.清单", number) for number in (1, 2)]
    first, second = list(front_xml(notes, FORM))
    assert "附件：1.清单" in first
    assert "附件：" not in second
    assert _indent(first, "left") == _indent(second, "left") == characters(FORM, Decimal(6))
    assert _indent(first, "left") - _indent(first, "hanging") == characters(FORM, Decimal(2))
    assert _indent(second, "left") - _indent(second, "hanging") == characters(FORM, Decimal(5))


def test_headings_have_the_style_of_their_level() -> None:
    assert f'"{StyleId.HEADING_2}"' in text_xml(_line(LineRole.HEADING, "（一）甲", 2), FORM)
    assert f'"{StyleId.ANNEX_MARK}"' in text_xml(_line(LineRole.ANNEX_MARK, "附件"), FORM)


def test_a_line_feed_breaks_the_line_and_what_xml_forbids_is_left_out() -> None:
    assert paragraph_xml(StyleId.BODY, "甲\n乙").count("<w:br/>") == 1
    assert "\x01" not in paragraph_xml(StyleId.BODY, "a\x01b")
    assert "a&lt;b" in paragraph_xml(StyleId.BODY, "a<b")
