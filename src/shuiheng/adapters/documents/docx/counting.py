"""Numbers as word processors print them in front of paragraphs."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))
_ROMAN_LOW = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_COUNTING = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographLegalTraditional",
}
_DIGITAL = {"ideographDigital", "japaneseDigitalTenThousand", "koreanDigital", "taiwaneseDigital"}


def printed_number(number: int, form: str) -> str:
    """Return `number` in the number format `form` of a word processor.

    Formats that are not known print plain digits, as word processors do.
    """
    printer = _PRINTERS.get(form)
    return printer(number) if printer is not None else _enclosed(number, form)


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _legal(number: int) -> str:
    return chinese_number(number, digits=_LEGAL, places=("", "拾", "佰", "仟"))


def _sign(number: int, signs: str) -> str:
    return signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _enclosed(number: int, form: str) -> str:
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    first, count = {
        "decimalEnclosedCircle": (0x2460, 20),
        "decimalEnclosedCircleChinese": (0x2460, 20),
        "decimalEnclosedParen": (0x2474, 20),
        "decimalEnclosedFullstop": (0x2488, 20),
        "ideographEnclosedCircle": (0x3280, 10),
    }.get(form, (0, 0))
    return chr(first + number - 1) if 1 <= number <= count else str(number)


def chinese_number(
    number: int, *, digits: str = _DIGITS, places: tuple[str, ...] = ("", "十", "百", "千")
) -> str:
    """Return a whole number below ten thousand in Chinese counting, larger ones in digits."""
    if not 0 < number < 10_000:
        return str(number) if number else digits[0]
    words = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + places[place]
        gap = not digit
    tens = digits[1] + places[1]
    return words[1:] if words.startswith(tens) and digits is _DIGITS else words


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for size, sign in (*_ROMAN, *_ROMAN_LOW):
        words += sign * (number // size)
        number %= size
    return words


_PRINTERS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "": lambda number: "",
    **dict.fromkeys(_COUNTING, chinese_number),
    **dict.fromkeys(_DIGITAL, _digit_by_digit),
    "chineseLegalSimplified": _legal,
    "ideographTraditional": lambda number: _sign(number, _STEMS),
    "ideographZodiac": lambda number: _sign(number, _BRANCHES),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}
