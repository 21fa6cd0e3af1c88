from __future__ import annotations

from datetime import date

import pytest

from adapters.workbooks.making import FORM
from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.cells.texts import choice_of, text_of
from shuiheng.adapters.workbooks.table import Cell

WORDS, STATE = FORM.column("obstacle"), FORM.column("state")


@pytest.mark.parametrize(
    ("cell", "text"), [(" 手续\u200b未办 ", "手续未办"), (12.5, "12.5"), (date(2026, 5, 1), "2026-05-01")]
)
def test_a_text_is_what_the_cell_shows(cell: Cell, text: str) -> None:
    assert text_of(cell, WORDS) == text


def test_the_length_of_a_text_is_held_on_both_sides() -> None:
    assert text_of("字" * 40, WORDS) == "字" * 40 and text_of("两字", WORDS) == "两字"
    for text, cause in (("字" * 41, "text_too_long"), ("字", "text_too_short")):
        found = text_of(text, WORDS)
        assert isinstance(found, Fault) and found.cause == cause


@pytest.mark.parametrize("text", ["已完成", " 已 完成", "已完成\u200b"])
def test_a_choice_is_known_whatever_its_spaces(text: str) -> None:
    assert choice_of(text, STATE) == "已完成"


@pytest.mark.parametrize(
    ("text", "cause"), [("己完成", "choice_near"), ("滞后/已完成", "choice_several"), ("x", "choice_unknown")]
)
def test_a_word_outside_the_list_is_asked_back(text: str, cause: str) -> None:
    found = choice_of(text, STATE)
    assert isinstance(found, Fault) and found.cause == cause
    assert cause != "choice_near" or dict(found.values) == {"suggestion": "已完成"}
