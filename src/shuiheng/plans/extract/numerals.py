"""Numbers as Chinese documents write them: digits, characters, shares and multiples."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
}
STEPS = {"十": 10, "百": 100, "千": 1000}
MULTIPLES = {
    "万亿": 10**12,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "亿": 10**8,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,9})?"
MULTIPLE = r"(?:万亿|千万|百万|十万|亿|万|千(?![瓦米克伏卡帕])|百(?!分))?"
CHARACTERS = r"[零〇一二两三四五六七八九十百千万亿]{1,12}(?:点[零〇一二三四五六七八九]{1,6})?"

_ARABIC = re.compile(rf"({ARABIC})({MULTIPLE})")
_CHARACTERS = re.compile(CHARACTERS)


def number_of(words: str) -> Decimal | None:
    """Return the number that `words` write, or None when they write none.

    Reads `1,200`, `4.84亿`, `0.4万`, `一百二十`, `两`, `千`, `七成`, `百分之三十` (as 30) and `半`.
    """
    if words.startswith("百分之"):
        return number_of(words[3:])
    if words in {"半", "半数", "一半"}:
        return Decimal(50)
    if words.endswith("成") and len(words) > 1:
        tenths = number_of(words[:-1])
        return None if tenths is None else tenths * 10
    arabic = _ARABIC.fullmatch(words)
    if arabic:
        return Decimal(arabic[1].replace(",", "")) * MULTIPLES.get(arabic[2], 1)
    if _CHARACTERS.fullmatch(words):
        return _characters_number(words)
    return None


def _characters_number(words: str) -> Decimal | None:
    """Read a number in characters; None when they are in no order that writes one."""
    if "亿" in words:
        left, right = words.rsplit("亿", 1)
        high = _characters_number(left) if left else Decimal(1)
        low = _characters_number(right) if right else Decimal(0)
        return None if high is None or low is None else high * 10**8 + low
    if "点" in words:
        whole, part = words.split("点", 1)
        base = _characters_number(whole)
        digits = "".join(str(DIGITS[char]) for char in part)
        return None if base is None else base + Decimal(f"0.{digits}")
    total, section, digit = 0, 0, None
    if len(words) > 1 and all(char in DIGITS for char in words):
        return Decimal("".join(str(DIGITS[char]) for char in words))
    for char in words:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in STEPS:
            section += (1 if digit is None else digit) * STEPS[char]
            digit = None
        else:
            section += digit or 0
            total = (total + (section or 1)) * 10**4
            section, digit = 0, None
    return Decimal(total + section + (digit or 0))
