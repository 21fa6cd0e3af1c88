"""Amounts of money in capital words (人民币大写), both ways."""

from __future__ import annotations

import re
from decimal import Decimal

from shuiheng.reports.errors import UnreadableWordsError, UnsayableNumberError

PREFIX = "人民币"
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_WHOLE, _FEN = 10**12, 100
_VARIANTS = str.maketrans("圆〇两", "元零贰")
_SPLIT = re.compile(r"(?P<yuan>[^元角分整正]{0,80}元)?(?P<rest>[^元]{0,8})")
_REST = re.compile(rf"零?(?:(?P<jiao>[{_DIGITS}])角)?零?(?:(?P<fen>[{_DIGITS}])分)?[整正]?")


def amount_in_words(amount_yuan: Decimal) -> str:
    """Return an amount in capital words (人民币大写), for example 人民币壹佰元整.

    Raises:
        UnsayableNumberError: The amount is negative, has parts of a 分, or is 1e12 or more.
    """
    if not amount_yuan.is_finite() or amount_yuan < 0:
        raise UnsayableNumberError(str(amount_yuan), "an amount in words is zero or more")
    fen = amount_yuan * _FEN
    if fen != fen.to_integral_value():
        raise UnsayableNumberError(str(amount_yuan), "round it to 分 first")
    if amount_yuan >= _WHOLE:
        raise UnsayableNumberError(str(amount_yuan), "it is longer than the words reach")
    yuan, rest = divmod(int(fen), _FEN)
    jiao, fen_left = divmod(rest, 10)
    words = f"{_whole_words(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{PREFIX}{words}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif words:
        words += "零"
    words += f"{_DIGITS[fen_left]}分" if fen_left else "整"
    return PREFIX + words


def parse_amount_in_words(words: str) -> Decimal:
    """Return the amount that capital words (人民币大写) name, in yuan.

    圆 for 元, 正 for 整 and a missing 人民币 are understood.

    Raises:
        UnreadableWordsError: The words name no amount.
    """
    plain = re.sub(r"\s+", "", words).translate(_VARIANTS).removeprefix(PREFIX)
    split = _SPLIT.fullmatch(plain)
    rest = _REST.fullmatch(split["rest"]) if split is not None else None
    if split is None or rest is None or not (split["yuan"] or rest["jiao"] or rest["fen"]):
        raise UnreadableWordsError(words, "人民币壹佰元整")
    whole = _whole_value(split["yuan"][:-1], words) if split["yuan"] else 0
    jiao = _DIGITS.index(rest["jiao"]) if rest["jiao"] else 0
    fen = _DIGITS.index(rest["fen"]) if rest["fen"] else 0
    return Decimal(whole * _FEN + jiao * 10 + fen).scaleb(-2)


def _whole_words(number: int) -> str:
    """Return a whole number in capital words: one 零 for each run of zeros inside it."""
    if number == 0:
        return _DIGITS[0]
    digits = [int(digit) for digit in str(number)]
    words, has_gap, group_has_words = "", False, False
    for index, digit in enumerate(digits):
        place = len(digits) - 1 - index
        if digit:
            words += (_DIGITS[0] if has_gap else "") + _DIGITS[digit] + _PLACES[place % 4]
            has_gap, group_has_words = False, True
        else:
            has_gap = True
        if place % 4 == 0:
            words += _GROUPS[place // 4] if group_has_words else ""
            group_has_words = False
    return words


def _whole_value(words: str, given: str) -> int:
    """Return the number of capital words; words that it would not print as are refused."""
    total = group = digit = 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in _PLACES:
            group, digit = group + (digit or (1 if char == "拾" else 0)) * 10 ** _PLACES.index(char), 0
        elif char in _GROUPS:
            total, group, digit = total + (group + digit) * 10 ** (4 * _GROUPS.index(char)), 0, 0
        else:
            raise UnreadableWordsError(given, "人民币壹佰元整")
    number = total + group + digit
    printed = _whole_words(number) if number < _WHOLE else ""
    if words not in (printed, printed.removeprefix("壹")):
        raise UnreadableWordsError(given, "人民币壹佰元整")
    return number
