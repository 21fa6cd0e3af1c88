"""Enumerators of official documents are told from figures that look like them."""

from __future__ import annotations

import pytest

from shuiheng.plans.segment.enumerators import (
    Rank,
    cell_enumerator,
    enumerator_of,
    is_bare_enumerator,
    numeral_value,
)


@pytest.mark.parametrize(
    ("text", "rank", "number", "value"),
    [
        ("一、总体要求", Rank.NUMERAL, "一", 1),
        ("十二、保障", Rank.NUMERAL, "十二", 12),
        ("（三）主要目标", Rank.BRACKETED_NUMERAL, "（三）", 3),
        ("(二) 基本原则", Rank.BRACKETED_NUMERAL, "(二)", 2),
        ("二）基本原则", Rank.BRACKETED_NUMERAL, "二", 2),
        ("4．优化结构。", Rank.ARABIC, "4", 4),
        ("10.推广节水", Rank.ARABIC, "10", 10),
        ("3、加强监管", Rank.ARABIC, "3", 3),
        ("1.2加强监管", Rank.ARABIC, "1.2", 2),
        ("（7）建设载体", Rank.BRACKETED_ARABIC, "（7）", 7),
        ("7）建设载体", Rank.BRACKETED_ARABIC, "7", 7),
        ("③完善制度", Rank.CIRCLED, "③", 3),
        ("第二章 工作任务", Rank.CHAPTER, "第二章", 2),
        ("第十一节 计量", Rank.SECTION, "第十一节", 11),
        ("第一部分 总则", Rank.PART, "第一部分", 1),
        ("㈡完善制度", Rank.BRACKETED_NUMERAL, "㈡", 2),
    ],
)
def test_each_style_is_known(text: str, rank: Rank, number: str, value: int) -> None:
    found = enumerator_of(text)
    assert found is not None
    assert (found.rank, found.number, found.value) == (rank, number, value)


@pytest.mark.parametrize(
    "text",
    [
        "2025年，建成",
        "1.5万亩",
        "0.4万亩灌区",
        "3.2%以内",
        "50公里",
        "一批示范",
        "（含开发区）",
        "十四五期间",
        "",
    ],
)
def test_figures_and_brackets_are_no_enumerators(text: str) -> None:
    assert enumerator_of(text) is None


def test_a_cell_may_print_its_number_without_a_mark() -> None:
    found = cell_enumerator("3城镇节水降损")
    assert found is not None
    assert (found.number, found.length) == ("3", 1)


@pytest.mark.parametrize("text", ["2025年目标", "3家企业", "5项制度"])
def test_a_cell_that_starts_with_a_quantity_has_no_number(text: str) -> None:
    assert cell_enumerator(text) is None


@pytest.mark.parametrize("text", ["1", "一", "（三）", "12.", "2.3", "④", "十一、", "1-2"])
def test_a_number_column_holds_bare_enumerators(text: str) -> None:
    assert is_bare_enumerator(text)


@pytest.mark.parametrize("text", ["1农业", "一季度", "2025年", "", "重点任务"])
def test_words_are_no_bare_enumerators(text: str) -> None:
    assert not is_bare_enumerator(text)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("二〇二二", 2022),
        ("7", 7),
        ("甲", 0),
    ],
)
def test_numerals_have_their_value(words: str, value: int) -> None:
    assert numeral_value(words) == value
