"""The check of a unified social credit code (统一社会信用代码)."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18
_BASE = len(ALPHABET)
_REGION = slice(2, 8)


class CreditCodeFault(StrEnum):
    """What is wrong with a code; the value ends the code of its finding."""

    NUMBER = "code_is_number"
    LENGTH = "credit_code_length"
    LETTER = "credit_code_letter"
    REGION = "credit_code_region"
    CHECK = "credit_code_check"


def plain_code(text: str) -> str:
    """Return a code in capital half-width characters without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def credit_code_fault(value: object) -> CreditCodeFault | None:
    """Return what is wrong with a credit code, or None when it is whole.

    Full-width and small letters and spaces are taken as meant. The first letter is any of the
    alphabet, so codes of rural collectives (N…) and of other bodies (Y…) are whole. A number is
    refused by its type: a spreadsheet keeps 15 digits of it.

    Source:
        GB 32100-2015: 31 characters, weights that are powers of 3 modulo 31.
    """
    if not isinstance(value, str):
        return CreditCodeFault.NUMBER
    code = plain_code(value)
    if len(code) != _LENGTH:
        return CreditCodeFault.LENGTH
    if any(char not in ALPHABET for char in code):
        return CreditCodeFault.LETTER
    if not code[_REGION].isdecimal():
        return CreditCodeFault.REGION
    return None if code[-1] == check_character(code[:-1]) else CreditCodeFault.CHECK


def check_character(body: str) -> str:
    """Return the last character for the first seventeen, all of the alphabet."""
    total = sum(ALPHABET.index(char) * pow(3, place, _BASE) for place, char in enumerate(body))
    return ALPHABET[-total % _BASE]
