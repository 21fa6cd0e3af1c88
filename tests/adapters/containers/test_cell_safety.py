from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.containers.cell_safety import ARMED, disarmed, rearmed


@pytest.mark.parametrize("start", ARMED)
def test_what_would_start_a_formula_gets_an_apostrophe(start: str) -> None:
    assert disarmed(f"{start}1") == f"'{start}1"


def test_a_plain_text_and_an_apostrophe_of_its_own_stay() -> None:
    assert disarmed("节水") == rearmed("节水") == "节水"
    assert rearmed("'引号") == "'引号"


@given(st.text(max_size=20).filter(lambda text: not text.startswith("'")))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert rearmed(disarmed(text)) == text
