from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.documents.docx.counting import chinese_number, printed_number


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (1, "chineseCounting", "一"),
        (10, "japaneseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (20, "ideographDigital", "二〇"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (1, "ideographZodiac", "子"),
        (4, "decimalEnclosedCircle", "④"),
        (4, "decimalEnclosedParen", "⑷"),
        (21, "decimalEnclosedCircle", "21"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (9, "upperRoman", "IX"),
        (27, "lowerLetter", "aa"),
        (3, "none", ""),
        (3, "unheardOf", "3"),
    ],
)
def test_a_number_is_printed_as_its_format_says(number: int, form: str, printed: str) -> None:
    assert printed_number(number, form) == printed


@given(st.integers(1, 9999))
def test_different_numbers_are_counted_with_different_words(number: int) -> None:
    assert chinese_number(number) != chinese_number(number % 9999 + 1)


@given(
    st.integers(-5, 10**6),
    st.sampled_from(["upperRoman", "lowerLetter", "chineseCounting", "ideographZodiac"]),
)
def test_any_number_is_printed_in_any_format(number: int, form: str) -> None:
    assert isinstance(printed_number(number, form), str)
