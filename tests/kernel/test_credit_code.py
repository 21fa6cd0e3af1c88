"""The check of a unified social credit code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.credit_code import (
    ALPHABET,
    CreditCodeFault,
    check_character,
    credit_code_fault,
    plain_code,
)

BODIES = st.builds(
    lambda kind, region, own: kind + region + own,
    st.text(ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def _by_the_book(body: str) -> str:
    """Return the check character by the weights that the standard prints."""
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(weight * ALPHABET.index(char) for weight, char in zip(weights, body, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


@given(BODIES)
def test_a_whole_code_passes_in_any_spelling(body: str) -> None:
    code = body + _by_the_book(body)
    assert check_character(body) == code[-1]
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    assert [credit_code_fault(each) for each in (code, code.lower(), f" {code[:8]} {code[8:]}", wide)] == [
        None
    ] * 4
    assert plain_code(wide) == code


@given(BODIES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_always_found(body: str, place: int, char: str) -> None:
    code = body + check_character(body)
    wrong = code[:place] + char + code[place + 1 :]
    assert (credit_code_fault(wrong) is None) == (wrong == code)


@pytest.mark.parametrize("start", ["N2330282", "Y1330282", "91330282", "12330282"])
def test_codes_that_begin_with_a_letter_are_legal(start: str) -> None:
    body = f"{start}MF1234567"
    assert credit_code_fault(body + check_character(body)) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", CreditCodeFault.LENGTH),
        ("9" * 17, CreditCodeFault.LENGTH),
        ("9" * 19, CreditCodeFault.LENGTH),
        ("9133028211O0000000", CreditCodeFault.LETTER),
        ("91A302821100000000", CreditCodeFault.REGION),
        ("913302821100000000", CreditCodeFault.CHECK),
    ],
)
def test_each_fault_has_its_name(code: str, fault: CreditCodeFault) -> None:
    assert credit_code_fault(code) is fault


@pytest.mark.parametrize(
    "code", ["N2330282MF1234567U", "n2330282mf1234567u", "Ｎ２３３０２８２ＭＦ１２３４５６７Ｕ"]
)
def test_a_printed_code_of_a_rural_collective_is_whole(code: str) -> None:
    assert credit_code_fault(code) is None


@pytest.mark.parametrize("value", [913302821100000000, 9.1330282e17, None, b"913302821100000000"])
def test_what_is_no_text_is_refused_by_its_type(value: object) -> None:
    assert credit_code_fault(value) is CreditCodeFault.NUMBER
