"""Characters printed in several forms are read as one, each in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.plain_form import plain_form


def test_full_width_digits_signs_and_brackets_become_plain() -> None:
    assert plain_form("２０２５年(含)≧９５％") == "2025年（含）≥95%"


@given(st.text())
def test_length_is_kept_and_a_second_time_changes_nothing(text: str) -> None:
    assert len(plain_form(text)) == len(text)
    assert plain_form(plain_form(text)) == plain_form(text)
