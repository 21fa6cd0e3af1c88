"""Document numbers, typed in many ways and printed in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.reports.document_number import DocumentNumber, parse_document_number
from shuiheng.reports.errors import UnreadableWordsError

WORDS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)


@given(word=WORDS, year=st.integers(1949, 2199), serial=st.integers(1, 999_999))
def test_a_printed_number_reads_back_as_itself(word: str, year: int, serial: int) -> None:
    if word.startswith("第"):
        word = f"青{word}"
    number = DocumentNumber(word, year, serial)
    assert parse_document_number(str(number)) == number


@pytest.mark.parametrize(
    "typed",
    [
        "青水函〔2026〕12号",
        "青水函(2026)12号",
        "青水函（2026）12 号",
        "青水函[2026]012号",
        "青水函［2026］第12号",
        " 青水函【2026】１２号",
    ],
)
def test_every_bracket_that_people_type_gives_the_one_printed_form(typed: str) -> None:
    assert str(parse_document_number(typed)) == "青水函〔2026〕12号"


@pytest.mark.parametrize(
    "typed", ["", "青水函2026年12号", "〔2026〕12号", "青水函〔26〕12号", "青水函〔2026〕0号"]
)
def test_what_is_no_document_number_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableWordsError, match="机关代字"):
        parse_document_number(typed)


def test_numbers_of_one_word_sort_by_year_and_serial_not_by_digit() -> None:
    assert (
        DocumentNumber("青水", 2026, 9) < DocumentNumber("青水", 2026, 12) < DocumentNumber("青水", 2027, 1)
    )
