"""Days, periods, numbers and lists in the words of official documents, by one rule each.

Arabic digits for measured values, 万 and 亿 for long round numbers, percentage points for
the distance of two rates. The same words go into prose and tables, so both say the same.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from shuiheng.kernel.period import Period
from shuiheng.reports.errors import UnreadableWordsError, UnsayableNumberError

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_AMOUNT = re.compile(r"([+-]?\d{1,40}(?:\.\d{1,40})?)(亿|万)?(.{0,20})", re.DOTALL)
_MULTIPLES = {"亿": Decimal(10**8), "万": Decimal(10**4), None: Decimal(1)}
_DIGITS = "零一二三四五六七八九"
_QUARTERS = "一二三四"
_SYMBOLS = {"m3": "立方米", "m2": "平方米", "km": "公里", "ratio": "%", "系数": ""}
_RATES = ("%", "ratio")
_PLACES = {"%": 2, "ratio": 2}
_PLACES_ELSE = 4  # 万 with four decimals is exact to the m³
LEVELS = 4


def day_words(day: date) -> str:
    """Return a day as documents print it (成文日期), for example 2026年5月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def parse_day_words(words: str) -> date:
    """Return the day that words such as 2026年5月1日 name.

    Raises:
        UnreadableWordsError: The words name no day of the calendar.
    """
    found = _DAY.fullmatch(words.strip())
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise UnreadableWordsError(words, "2026年5月1日") from error
    raise UnreadableWordsError(words, "2026年5月1日")


def period_words(period: Period) -> str:
    """Return a period as people call it: 2026年, 2026年上半年, 2026年第一季度, 2026年5月."""
    first, last = period.first, period.last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    is_whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if is_whole and months == 1:
        return f"{first.year}年{first.month}月"
    if is_whole and first.year == last.year and months in (3, 6, 12) and (first.month - 1) % months == 0:
        names = {12: "", 6: "上半年" if first.month == 1 else "下半年"}
        quarter = f"第{_QUARTERS[(first.month - 1) // 3]}季度"
        return f"{first.year}年{names.get(months, quarter)}"
    return f"{day_words(first)}至{day_words(last)}"


def number_words(value: Decimal, *, places: int | None = None) -> str:
    """Return a number in digits, rounded half up to `places`, or exact without needless zeros."""
    if not value.is_finite():
        raise UnsayableNumberError(str(value), "it is not finite")
    if places is not None:
        rounded = _rounded(value, places)
        return f"{abs(rounded) if rounded == 0 else rounded:f}"
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def long_number_words(value: Decimal, *, places: int = 2) -> str:
    """Return a number with 万 or 亿 when it is that long; `places` hold only behind such a word.

    A number below ten thousand is rounded to an integer when it is a volume or an amount of
    things; ask `number_words` when its decimals count.
    """
    if abs(_rounded(value / _MULTIPLES["万"], places)) >= _MULTIPLES["万"]:
        return f"{_trimmed(value / _MULTIPLES['亿'], places)}亿"
    if abs(_rounded(value, 0)) >= _MULTIPLES["万"]:
        return f"{_trimmed(value / _MULTIPLES['万'], places)}万"
    return number_words(value, places=0)


def volume_words(volume_m3: Decimal, *, places: int = 2) -> str:
    """Return a volume of water: 850立方米, 12.35万立方米, 3.2亿立方米."""
    return f"{long_number_words(volume_m3, places=places)}立方米"


def percent_words(ratio: Decimal, *, places: int = 2) -> str:
    """Return a ratio as percent without needless zeros: 0.0925 is 9.25%."""
    return f"{_trimmed(ratio * 100, places)}%"


def quantity_words(value: Decimal, unit: str) -> str:
    """Return a value with its unit as documents print them: volumes long, rates as percent.

    Rates are rounded to two decimals, all else to four, so that a value that misses its
    target by little is not printed as if it met it.
    """
    places = _PLACES.get(unit, _PLACES_ELSE)
    if unit == "ratio":
        return percent_words(value, places=places)
    symbol = _SYMBOLS.get(unit, unit)
    if unit == "m3" or (abs(value) >= _MULTIPLES["万"] and value == value.to_integral_value()):
        return f"{long_number_words(value, places=places)}{symbol}"
    return f"{_trimmed(value, places)}{symbol}"


def change_words(*, before: Decimal, after: Decimal, unit: str, places: int = 2) -> str:
    """Return what became of a value: 上升, 下降 or 持平, a rate in percentage points (百分点).

    Args:
        before: Value of the earlier period.
        after: Value of the later period.
        unit: Unit of both; `%` and `ratio` are rates and differ in 个百分点, all else in percent.
        places: Decimals that are shown.

    Raises:
        UnsayableNumberError: The earlier value is zero, so a change in percent does not exist.
    """
    if unit in _RATES:
        distance = (after - before) * (100 if unit == "ratio" else 1)
        measure = "个百分点"
    else:
        if before == 0:
            raise UnsayableNumberError(str(after), "a change against zero has no percentage")
        distance, measure = (after - before) / abs(before) * 100, "%"
    shown = _trimmed(abs(distance), places)
    if shown == "0":
        return "持平"
    return f"{'上升' if distance > 0 else '下降'}{shown}{measure}"


def listed(names: Iterable[str], *, mark: str = "、") -> str:
    """Return names joined as a list of the same kind, empty ones left out."""
    return mark.join(name for name in names if name)


def sentence(words: str) -> str:
    """Return a unit's own words as one closed sentence, the line breaks of forms taken out."""
    closed = "".join(part.strip() for part in words.splitlines()).rstrip("。；;，,、 ")
    return f"{closed}。" if closed else ""


def split_amount(words: str) -> tuple[Decimal, Decimal, str]:
    """Return the number in front of an amount as printed, its multiple (万, 亿) and its unit.

    Raises:
        UnreadableWordsError: No number stands in front.
    """
    found = _AMOUNT.fullmatch(words.strip())
    if found is None:
        raise UnreadableWordsError(words, "12.35万立方米")
    return Decimal(found[1]), _MULTIPLES[found[2]], (found[2] or "") + found[3].strip()


def counting_words(number: int) -> str:
    """Return a number from 1 to 999 in Chinese as headings count (序号): 一, 十, 十二, 一百零五."""
    if not 1 <= number <= 999:
        raise UnsayableNumberError(str(number), "headings are counted from 1 to 999")
    hundreds, below = divmod(number, 100)
    tens, ones = divmod(below, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{'' if number < 20 else _DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


def enumerator(level: int, number: int) -> str:
    """Return the number before a heading (序号): 一、 at level 1, then （一）, 1. and （1）."""
    forms = {1: "{zh}、", 2: "（{zh}）", 3: "{number}.", 4: "（{number}）"}
    if level not in forms:
        raise UnsayableNumberError(str(level), f"official documents have {LEVELS} levels")
    if level > 2:
        return forms[level].format(number=number)
    return forms[level].format(zh=counting_words(number))


def _trimmed(value: Decimal, places: int) -> str:
    """Return the value rounded to `places`, without needless zeros."""
    return number_words(_rounded(value, places))


def _rounded(value: Decimal, places: int) -> Decimal:
    """Return the value rounded half up, the rule of the printed page; never in exponent form."""
    if not value.is_finite():
        raise UnsayableNumberError(str(value), "it is not finite")
    if value.adjusted() + places > 25:
        raise UnsayableNumberError(str(value), "it is longer than a printed number")
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
