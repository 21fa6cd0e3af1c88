"""A subject is the same however it is typed; another one is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.services.awards.same_subject import LONGEST, subject_key


@pytest.mark.parametrize("typed", ["节水型企业", " 节水型 企业 ", "节水型-企业。", "（节水型企业）"])
def test_blanks_and_signs_make_no_other_subject(typed: str) -> None:
    assert subject_key(typed) == "节水型企业"


def test_width_and_case_make_no_other_subject_but_a_number_does() -> None:
    assert subject_key("ＡＢ-1号") == subject_key("ab1号")
    assert subject_key("1号地块") != subject_key("2号地块")


@given(st.text())
def test_a_key_is_its_own_key_and_fits_its_column(typed: str) -> None:
    key = subject_key(typed)
    assert len(key) <= LONGEST
    assert subject_key(key)[:LONGEST] == key or not key.isascii()
