"""Blocks are cut into pieces where a heading, an item or a label starts."""

from __future__ import annotations

from plans.builders import DocumentBuilder, document_of
from shuiheng.plans.segment.pieces import pieces_of


def lines(*texts: str) -> list[str]:
    return [piece.wording.text for piece in pieces_of(document_of(*texts))]


def test_a_paragraph_is_one_piece() -> None:
    assert lines("更新管网。推进\n计量。") == ["更新管网。推进计量。"]


def test_a_count_that_goes_on_inside_a_paragraph_is_cut() -> None:
    assert lines("（一）更新管网。完成改造。（二）推进计量。") == [
        "（一）更新管网。完成改造。",
        "（二）推进计量。",
    ]


def test_an_enumeration_inside_a_sentence_is_not_cut() -> None:
    text = "申报材料包括：（一）申请书；（二）总结报告。"
    assert lines(text) == [text]


def test_an_item_behind_a_chapter_heading_on_its_line_is_cut() -> None:
    assert lines("二、重点任务 （一）更新管网。完成改造。") == ["二、重点任务", "（一）更新管网。完成改造。"]


def test_a_chapter_heading_with_a_bracket_of_its_own_is_not_cut() -> None:
    assert lines("二、重点任务（一期）") == ["二、重点任务（一期）"]


def test_labels_behind_a_break_are_lines_of_their_own() -> None:
    assert lines("更新管网。\n责任单位：市住建局\n完成时限：2025年") == [
        "更新管网。",
        "责任单位：市住建局",
        "完成时限：2025年",
    ]


def test_lines_of_contents_are_marked() -> None:
    pieces = pieces_of(document_of("一、总则 ........ 3", "一、总则"))
    assert [piece.is_contents for piece in pieces] == [True, False]


def test_words_without_the_enumerator_keep_their_place() -> None:
    piece = pieces_of(document_of("（一） 管网"))[0]
    assert (piece.words.text, piece.words.offsets) == ("管网", (4, 5))


def test_tables_and_levels_are_kept() -> None:
    document = DocumentBuilder().heading("任务", level=1, page=2).table((("甲", "乙"),)).build()
    first, second = pieces_of(document)
    assert (first.is_heading, first.level, first.page) == (True, 1, 2)
    assert second.table is document.blocks[1]


def test_a_bracket_over_two_paragraphs_makes_them_one() -> None:
    assert lines("更新管网。（责任单位：市住建局、", "市水利局，各县（市、区）人民政府）") == [
        "更新管网。（责任单位：市住建局、市水利局，各县（市、区）人民政府）"
    ]


def test_an_open_bracket_that_nothing_closes_joins_nothing() -> None:
    assert lines("更新管网。（责任单位：市住建局", "推进计量（含水表）。", "甲）乙") == [
        "更新管网。（责任单位：市住建局",
        "推进计量（含水表）。",
        "甲）乙",
    ]
