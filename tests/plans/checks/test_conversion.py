"""Nothing may be left over from a bad conversion."""

from __future__ import annotations

import pytest

from plans.checks.faulty import Case, text
from plans.made import document_of, plan_of

CODES = ("plans.foreign_word_left", "plans.word_comes_twice", "plans.characters_are_broken")


def _codes(case: Case) -> list[str]:
    return [each.code for each in case.findings() if each.code in CODES]


@pytest.mark.parametrize(
    "words",
    [
        "单位GDP用水量下降，推广APP和BIM技术。",
        "一个一个落实，逐步逐步推进？不，一步一步来。",
        "人人节水，层层压实。",
        "用水总量 to be confirmed",
        "DMA 分区计量",
    ],
)
def test_names_and_meant_repetition_are_left_alone(words: str) -> None:
    assert _codes(text(words)) in ([], ["plans.word_comes_twice"] if "逐步逐步" in words else [])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("供水量 and 排水量", "plans.foreign_word_left"),
        ("供水量and排水量", "plans.foreign_word_left"),
        ("节水型单位单位建设", "plans.word_comes_twice"),
        ("供水\ufffd量", "plans.characters_are_broken"),
        ("供水(cid:123)量", "plans.characters_are_broken"),
    ],
)
def test_each_leftover_is_found_once(words: str, code: str) -> None:
    assert _codes(text(words)) == [code]


def test_equal_words_in_two_cells_are_no_repetition() -> None:
    document = document_of("附表", table=(("任务", "单位"), ("市水利局", "市水利局")))
    assert _codes(Case(plan_of(), document)) == []
