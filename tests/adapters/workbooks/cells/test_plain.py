from __future__ import annotations

import pytest

from shuiheng.adapters.workbooks.cells.plain import has_controls, is_ditto, is_nothing, plain_text, plain_word


def test_a_text_keeps_its_inner_lines_and_loses_what_nobody_sees() -> None:
    assert plain_text("\u3000第一行\r\n第二行\u200b ") == "第一行\n第二行"


def test_a_word_is_half_width_without_white_space_and_with_one_dash() -> None:
    assert plain_word(" Ａ１２ － ３\u3000") == "A12-3"
    assert plain_word("−5") == "-5"


@pytest.mark.parametrize("text", ["同上", "〃", " 同前 "])
def test_as_above_is_known(text: str) -> None:
    assert is_ditto(text) and not is_ditto("同上游水厂")


@pytest.mark.parametrize("text", ["—", "/", "无", "N/A", "……", "暂无"])
def test_marks_for_nothing_are_known(text: str) -> None:
    assert is_nothing(text) and not is_nothing("无锡") and not is_nothing("0")


def test_marks_that_turn_the_direction_are_controls_and_a_line_end_is_not() -> None:
    assert has_controls("a\u202eb") and has_controls("a\x07") and not has_controls("a\nb\tc")
