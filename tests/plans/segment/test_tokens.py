"""Texts and clauses of paragraphs in reading order."""

from __future__ import annotations

from datetime import date

import pytest

from plans.segment.outlines import document_of, joint, lead, tasks_of
from shuiheng.plans.segment.pieces import pieces_of
from shuiheng.plans.segment.tokens import Clause, Text, groups_of, tokens_of


def _words(*paragraphs: str) -> list[str]:
    return [
        ("!" if isinstance(token, Clause) else "") + token.words.text
        for token in tokens_of(list(pieces_of(document_of(*paragraphs))))
    ]


def test_clauses_stand_between_the_texts_they_close() -> None:
    assert _words("改造管网。（市住建局负责）", "建设泵站。", "责任单位：市水利局") == [
        "改造管网。",
        "!市住建局负责",
        "建设泵站。",
        "!责任单位：市水利局",
    ]


def test_texts_behind_the_last_clause_are_left_over() -> None:
    tokens = tokens_of(list(pieces_of(document_of("改造管网。（市住建局负责）", "另行通知。"))))
    groups, trailing = groups_of(tokens)
    assert [len(texts) for texts, _ in groups] == [1]
    assert [text.words.text for text in trailing if isinstance(text, Text)] == ["另行通知。"]


def test_words_inside_a_bracket_that_closes_a_sentence_are_kept() -> None:
    words = "1.推进节水。开展改造（到2025年累计改造20家，市工信局牵头）。"
    (task,) = tasks_of(document_of("一、任务", words))
    assert task.wording.text == "推进节水。开展改造到2025年累计改造20家"


@pytest.mark.parametrize(
    ("bracket", "text", "due"),
    [
        ("2025年底前完成100公里，市住建局牵头", "改造管网。2025年底前完成100公里", date(2025, 12, 31)),
        ("市住建局牵头，2025年底前完成；年均建设2座", "改造管网。年均建设2座", date(2025, 12, 31)),
        ("市住建局牵头，2023—2025年完成", "改造管网。", date(2025, 12, 31)),
    ],
)
def test_words_of_the_task_inside_its_bracket_are_kept(bracket: str, text: str, due: date) -> None:
    (task,) = tasks_of(document_of("一、任务", f"1.改造管网。（{bracket}）"))
    assert (task.wording.text, lead(task), joint(task), task.due) == (text, ["市住建局"], [], due)


def test_several_words_of_the_task_inside_its_bracket_keep_their_order() -> None:
    words = "1.改造管网。（总投资约3亿元，建设2座泵站，市住建局牵头）"
    (task,) = tasks_of(document_of("一、任务", words))
    assert task.wording.text == "改造管网。总投资约3亿元建设2座泵站"
    assert list(task.wording.offsets) == sorted(task.wording.offsets)


@pytest.mark.parametrize(
    "said",
    [
        "本方案自印发之日起施行，有效期5年。",
        "此通知自2024年1月1日起实施。",
        "。各地可结合实际制定细则，报市水利局备案。",
    ],
)
def test_a_sentence_behind_the_units_of_a_line_is_none_of_them(said: str) -> None:
    assert _words("改造管网。", f"责任单位：市水利局，各县（市、区）人民政府{said}") == [
        "改造管网。",
        "!责任单位：市水利局，各县（市、区）人民政府",
        said.lstrip("。"),
    ]


def test_two_labels_on_one_line_are_both_kept() -> None:
    assert _words("改造管网。", "牵头单位：市水利局。责任单位：市财政局。") == [
        "改造管网。",
        "!牵头单位：市水利局。责任单位：市财政局",
    ]
