"""Plain forms and masks keep every character in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.extract.surface import plain_form, surface_of, with_dates_masked
from shuiheng.plans.wording import squeeze


def test_digits_and_marks_have_one_form() -> None:
    assert plain_form("２０％(a),b;c") == "20%（a）\uff0cb；c"


def test_a_comma_inside_a_number_stays() -> None:
    assert plain_form("1,200个,3个") == "1,200个\uff0c3个"


def test_brackets_and_quotations_are_masked_whole() -> None:
    surface = surface_of(squeeze("甲（乙1个）“丙2”丁《戊3》"))
    assert surface.masked == "甲▢▢▢▢▢▣▣▣▣丁▣▣▣▣"
    assert surface.brackets_between(0, 6) == ((1, 6),)
    assert surface.brackets_between(2, 6) == ()


def test_an_unclosed_bracket_masks_nothing() -> None:
    assert surface_of(squeeze("甲（乙1个")).masked == "甲（乙1个"


def test_dates_are_blanked_in_place() -> None:
    assert with_dates_masked("到2022年建成", [(0, 6)]) == "▦▦▦▦▦▦建成"


@given(st.text(max_size=200))
def test_every_form_has_the_length_of_the_words(text: str) -> None:
    surface = surface_of(squeeze(text))
    assert len(surface.plain) == len(surface.masked) == len(surface.wording)
