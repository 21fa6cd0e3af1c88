"""What a target or threshold demands, in the words in which people say it."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any

SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
UNITS = {"m3": "m³", "m2": "m²", "系数": ""}
MULTIPLES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
EXACT = Decimal("0.0001")
DIGITS_APART = re.compile(r"[,，\s]")


class Language(StrEnum):
    """A language in which demands are said."""

    CHINESE = "zh"
    ENGLISH = "en"


def language_of(tag: str) -> Language:
    """Return the language of a tag such as `zh-hans` or `en-gb`; Chinese when unknown."""
    return Language.ENGLISH if tag.startswith("en") else Language.CHINESE


def demand(item: Any, *, language: Language) -> str:
    """Return what a target or threshold demands, for example `下降 12 %（较2020年）`.

    Args:
        item: A target or threshold of a plan, or a published row of one.
        language: Language of the words; values and units stand as in the document.

    Returns:
        The demand, or an empty text for a milestone, which has no value.
    """
    if item.value is None:
        return ""
    amount = _amount(item, language)
    text = _said(item, amount, language)
    year = getattr(item, "baseline_year", None)
    if year and str(getattr(item, "kind", "")) in ("reduction", "increment"):
        text += f"（较{year}年）" if language is Language.CHINESE else f" (from {year})"
    better = _stretch(item)
    if better is not None:
        sign, value = better
        number = shown_number(value, language, quote=_quote(item))
        aim = f"{SIGNS.get(sign, '')}{_joined(number, shown_unit(item.unit))}"
        text += f"（力争 {aim}）" if language is Language.CHINESE else f" (aim: {aim})"
    return text.strip()


def _said(item: Any, amount: str, language: Language) -> str:
    """Return the amount with the verb or the sign of its kind, softened where the words are."""
    kind, is_chinese = str(getattr(item, "kind", "")), language is Language.CHINESE
    sign = SIGNS.get(str(item.op), "")
    hedge = ""
    if getattr(item, "is_hedged", False):
        hedge = "力争 " if is_chinese else "aim: "
    if kind == "reduction":
        return hedge + (f"下降 {_signed(sign, amount)}" if is_chinese else f"down {_signed(sign, amount)}")
    if kind == "increment":
        return hedge + (
            f"每年提高 {_signed(sign, amount)}" if is_chinese else f"up {_signed(sign, amount)} a year"
        )
    text = hedge + f"{sign} {amount}".strip()
    if getattr(item, "annual", False):
        text = f"每年 {text}" if is_chinese else f"{text} a year"
    return text


def _signed(sign: str, amount: str) -> str:
    """Return an amount with its sign; `at least` goes without saying where a plan names a change."""
    return amount if sign in ("", "≥") else f"{sign} {amount}"


def _amount(item: Any, language: Language) -> str:
    """Return the value or the range with its unit, 万 and 亿 where the document prints them."""
    unit, quote = shown_unit(item.unit), _quote(item)
    upper = getattr(item, "value_max", None)
    first = shown_number(item.value, language, quote=quote)
    if upper is None:
        return _joined(first, unit)
    second = shown_number(upper, language, quote=quote)
    if first[-1:] == second[-1:] and first[-1:] in "万亿":
        first = first[:-1].rstrip()
    return _joined(f"{first}—{second}", unit)


def _joined(number: str, unit: str) -> str:
    if number[-1:] in ("万", "亿") and "\u4e00" <= unit[:1] <= "\u9fff":
        return f"{number}{unit}"
    return f"{number} {unit}".strip()


def shown_number(value: Any, language: Language, *, quote: str = "") -> str:
    """Return a number without needless zeros, in 万 or 亿 when the quote prints it so.

    Without a quote a number is shown in 万 or 亿 where that stays exact; in English it is
    shown in full with its thousands apart.
    """
    exact = Decimal(str(value))
    if language is Language.ENGLISH:
        return plain_number(exact, apart=True)
    plain, printed = plain_number(exact), DIGITS_APART.sub("", quote)
    if printed and re.search(rf"(?<![\d.]){re.escape(plain)}(?![\d.万亿])", printed):
        return plain
    for multiple, name in MULTIPLES:
        part = exact / multiple
        if abs(exact) >= multiple and part == part.quantize(EXACT):
            return f"{plain_number(part)} {name}"
    return plain


def plain_number(value: Decimal, *, apart: bool = False) -> str:
    """Return a number without needless zeros, its thousands apart when asked."""
    text = f"{value:,f}" if apart else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_unit(code: Any) -> str:
    """Return a unit of measure as it is printed."""
    return UNITS.get(str(code or ""), str(code or ""))


def _quote(item: Any) -> str:
    return str(getattr(item, "quote", "") or "")


def _stretch(item: Any) -> tuple[str, Any] | None:
    pair = getattr(item, "stretch", None)
    if pair:
        return str(pair[0]), pair[1]
    value = getattr(item, "stretch_value", None)
    return (str(item.stretch_op), value) if value is not None else None
