"""Characters as an author meant them: look-alike radicals, invisible marks, raised digits."""

from __future__ import annotations

import re
import unicodedata

# Some fonts map common characters to the radical that looks the same; NFKC knows these.
_KANGXI = {point: unicodedata.normalize("NFKC", chr(point)) for point in range(0x2F00, 0x2FD6)}
# The radicals supplement has no compatibility mapping, but the same fonts use it.
_RADICALS = dict(
    zip(
        map(ord, "⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰"),
        "母西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
# Zero-width marks, soft hyphens, direction controls and byte order marks say nothing to a reader.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)], None
)
_CONTROLS = {point: None for point in [*range(32), *range(127, 160)] if chr(point) not in "\t\n"}
_SPACES = {ord(char): " " for char in "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2009\u200a\u202f"}
_TABLE = {**_CONTROLS, **_INVISIBLE, **_SPACES, **_KANGXI, **_RADICALS}

RAISED = {"2": "²", "3": "³"}


def clean(text: str) -> str:
    """Return `text` in NFC, without controls and invisible marks, lines trimmed, no empty lines.

    A tab becomes a space: the canonical text keeps tabs for the borders of cells.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    plain = unicodedata.normalize("NFC", plain.translate(_TABLE)).replace("\t", " ")
    lines = (line.strip(" \u3000") for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def raised(before: str, digits: str) -> str:
    """Return raised `digits` as characters: behind a metre they are part of the unit.

    `m` and a raised 3 are m³; a raised footnote mark or exponent elsewhere stays as it is.
    """
    if re.search(r"(?:^|[^A-Za-z])[kcd]?m\s?$", before) and digits in RAISED:
        return RAISED[digits]
    return digits


def is_cjk(char: str) -> bool:
    """Return whether `char` is a Han character or full-width punctuation."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"


def glued(before: str, after: str) -> str:
    """Return two parts of one text that a line break parted.

    Chinese words need no space; two Latin words that met at the break get one.
    """
    if not before or not after:
        return before + after
    left, right = before[-1], after[0]
    words_meet = left.isascii() and right.isascii() and ((left.isalpha() and right.isalpha()) or left in ",;")
    return f"{before} {after}" if words_meet else before + after
