"""Pieces become a tree of headings and items."""

from __future__ import annotations

import pytest

from plans.builders import DocumentBuilder, document_of
from shuiheng.plans.segment.pieces import pieces_of
from shuiheng.plans.segment.sections import Section, is_annex_line, tree_of


def shape(section: Section) -> list[object]:
    return [[child.piece.wording.text if child.piece else "", *shape(child)] for child in section.children]


def tree(*texts: str) -> Section:
    return tree_of(pieces_of(document_of(*texts)))


def test_smaller_styles_hold_greater_ones() -> None:
    assert shape(tree("一、甲", "（一）乙", "1.丙", "（1）丁", "（二）戊", "二、己")) == [
        ["一、甲", ["（一）乙", ["1.丙", ["（1）丁"]]], ["（二）戊"]],
        ["二、己"],
    ]


def test_a_style_may_be_left_out() -> None:
    assert shape(tree("一、甲", "1.乙", "2.丙", "二、丁")) == [["一、甲", ["1.乙"], ["2.丙"]], ["二、丁"]]


def test_chapters_hold_sections_and_sections_numerals() -> None:
    assert shape(tree("第一章 甲", "第一节 乙", "一、丙", "第二章 丁")) == [
        ["第一章甲", ["第一节乙", ["一、丙"]]],
        ["第二章丁"],
    ]


def test_decimal_numbers_hold_longer_ones() -> None:
    assert shape(tree("1.甲", "1.1乙", "1.1.1丙", "1.2丁")) == [["1.甲", ["1.1乙", ["1.1.1丙"]], ["1.2丁"]]]


def test_declared_levels_hold_each_other() -> None:
    builder = DocumentBuilder().heading("甲", level=1).heading("乙", level=2).heading("丙", level=1)
    assert shape(tree_of(pieces_of(builder.build()))) == [["甲", ["乙"]], ["丙"]]


def test_paragraphs_belong_to_the_item_before_them() -> None:
    root = tree("前言。", "一、甲", "（一）乙", "正文。")
    assert [piece.wording.text for piece in root.body] == ["前言。"]
    assert [piece.wording.text for piece in root.children[0].children[0].body] == ["正文。"]


def test_all_pieces_are_yielded_in_reading_order() -> None:
    texts = ["一、甲", "正文。", "（一）乙", "又文。", "（二）丙", "二、丁"]
    assert [piece.wording.text for piece in tree(*texts).pieces()] == texts


@pytest.mark.parametrize("text", ["附件", "附件2", "附件：任务分工表", "附表1", "附：任务分工表"])
def test_an_annex_line_is_known(text: str) -> None:
    assert is_annex_line(text)


def test_a_sentence_on_an_annex_is_no_annex_line() -> None:
    assert not is_annex_line("附件所列任务由各部门落实。")
