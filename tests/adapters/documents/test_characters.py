from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.documents.characters import clean, glued, is_cjk, raised


def test_radicals_that_look_like_characters_become_characters() -> None:
    assert clean("⽔利⻔户") == "水利门户"


def test_invisible_marks_and_soft_hyphens_are_dropped() -> None:
    assert clean("节\u200b水\u00ad行\ufeff动\u202e") == "节水行动"


def test_empty_lines_go_and_breaks_of_the_author_stay() -> None:
    assert clean("　第一行 \r\n\r\n第二行\t续") == "第一行\n第二行 续"


@pytest.mark.parametrize(
    ("before", "digits", "expected"),
    [("亿m", "3", "³"), ("万km", "2", "²"), ("项目", "3", "3"), ("PM", "2", "2"), ("10", "6", "6")],
)
def test_only_a_digit_raised_behind_a_metre_is_part_of_a_unit(
    before: str, digits: str, expected: str
) -> None:
    assert raised(before, digits) == expected


def test_latin_words_that_meet_at_a_break_get_a_space_and_chinese_ones_do_not() -> None:
    assert glued("use", "norm") == "use norm"
    assert glued("用水", "定额") == "用水定额"
    assert glued("到202", "5年") == "到2025年"


def test_full_width_marks_count_as_chinese() -> None:
    assert is_cjk("，")
    assert not is_cjk("a")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_a_clean_text_holds_no_tab_and_no_empty_line(text: str) -> None:
    lines = clean(text).split("\n")
    assert "\t" not in clean(text)
    assert lines == [""] or all(lines)
