"""Document numbers (发文字号): the word of the issuer, the year in brackets, the serial number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from shuiheng.reports.errors import UnreadableWordsError

# One bracket of each side; people type what their keyboard has, the printed form is 〔〕.
_OPENING, _CLOSING = "〔（(［[【﹝「", "〕）)］]】﹞」"
_NUMBER = re.compile(
    rf"(?P<word>[^{re.escape(_OPENING + _CLOSING)}\d\s][^{re.escape(_OPENING + _CLOSING)}\s]{{0,39}})"
    rf"[{re.escape(_OPENING)}](?P<year>\d{{4}})[{re.escape(_CLOSING)}]"
    r"第?(?P<serial>\d{1,6})号"
)


@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    """The number of an official document (发文字号).

    Args:
        word: Word of the issuer (机关代字), for example 青水.
        year: Year of issue in full.
        serial: Running number within the year, from 1.
    """

    word: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.serial}号"


def parse_document_number(text: str) -> DocumentNumber:
    """Return the document number (发文字号) that a text states, with any bracket people type.

    A leading 第 before the serial number and leading zeros are dropped: they do not stand
    in the printed form.

    Raises:
        UnreadableWordsError: The text is no document number.
    """
    plain = "".join(unicodedata.normalize("NFKC", char) if char.isdecimal() else char for char in text)
    found = _NUMBER.fullmatch(re.sub(r"\s+", "", plain))
    if found is None or int(found["serial"]) == 0:
        raise UnreadableWordsError(text, "机关代字〔2026〕12号")
    return DocumentNumber(found["word"], int(found["year"]), int(found["serial"]))
