"""What a target or threshold demands, in the words in which people say it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from typing import Any

SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
UNITS = {"m3": "m³", "m2": "m²", "系数": ""}
MULTIPLES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
ONE = Decimal(1)
EXACT = Decimal("0.0001")
DIGITS_APART = re.compile(r"[,，\s]")
_LONG = Context(prec=60)  # more than a column holds, so that a step by 万 or 亿 loses no digit


class Language(StrEnum):
    """A language in which demands are said."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class PrintedUnit:
    """The unit in which people write a value: 万亩 is the multiple 10000 of 亩.

    Args:
        multiple: How many of the unit of the table it is.
        name: How it is printed.
    """

    multiple: Decimal
    name: str

    def number(self, value: Decimal, *, apart: bool = False) -> str:
        """Return the digits of a value in this unit, all of them."""
        return plain_number(_LONG.divide(value, self.multiple), apart=apart)


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
        aim = f"{SIGNS.get(sign, '')}{shown_amount(value, item, language=language)}"
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


def printed_unit(item: Any, *, language: Language) -> PrintedUnit:
    """Return the unit in which the document prints the value of a target; in English that of the table.

    Where the quote does not show the digits, 万 or 亿 is taken when the value stays short in it.

    Args:
        item: A target or threshold of a plan, or a row of one.
        language: Language of the page.
    """
    unit = shown_unit(item.unit)
    values = [
        Decimal(str(each)) for each in (item.value, getattr(item, "value_max", None)) if each is not None
    ]
    if language is Language.ENGLISH or not values:
        return PrintedUnit(ONE, unit)
    multiple, name = _multiple(values, str(getattr(item, "quote", "") or ""))
    return PrintedUnit(multiple, f"{name}{unit}" if unit[:1] >= "\u4e00" else f"{name} {unit}".strip())


def shown_amount(value: Any, item: Any, *, language: Language) -> str:
    """Return a value of a target in the unit in which the document prints it, to its last digit."""
    unit = printed_unit(item, language=language)
    return f"{_digits(value, unit, language)} {unit.name}".strip()


def _amount(item: Any, language: Language) -> str:
    """Return the value or the range with its unit, 万 and 亿 where the document prints them."""
    upper = getattr(item, "value_max", None)
    first = shown_amount(item.value, item, language=language)
    if upper is None:
        return first
    number = _digits(item.value, printed_unit(item, language=language), language)
    return f"{number}—{shown_amount(upper, item, language=language)}"


def _digits(value: Any, unit: PrintedUnit, language: Language) -> str:
    return unit.number(Decimal(str(value)), apart=language is Language.ENGLISH)


def _multiple(values: list[Decimal], quote: str) -> tuple[Decimal, str]:
    """Return the multiple in which a quote prints one of the values, else the one in which all are short."""
    printed = DIGITS_APART.sub("", unicodedata.normalize("NFKC", quote))
    if printed:
        for multiple, name in (*MULTIPLES, (ONE, "")):
            shown = (plain_number(_LONG.divide(value, multiple)) for value in values)
            if any(re.search(rf"(?<![\d.]){re.escape(each)}{name}(?![\d.万亿])", printed) for each in shown):
                return multiple, name
    return _short_multiple(values)


def _short_multiple(values: Iterable[Decimal]) -> tuple[Decimal, str]:
    """Return the largest multiple in which every value has four decimals at most."""
    exact = list(values)
    for multiple, name in MULTIPLES:
        parts = [_LONG.divide(value, multiple) for value in exact]
        if max(map(abs, parts)) >= 1 and all(part == _LONG.quantize(part, EXACT) for part in parts):
            return multiple, name
    return ONE, ""


def shown_number(value: Any, language: Language) -> str:
    """Return a number without needless zeros, in 万 or 亿 in Chinese where that stays exact."""
    exact = Decimal(str(value))
    if language is Language.ENGLISH:
        return plain_number(exact, apart=True)
    multiple, name = _short_multiple([exact])
    return f"{plain_number(_LONG.divide(exact, multiple))} {name}".strip()


def plain_number(value: Decimal, *, apart: bool = False) -> str:
    """Return a number without needless zeros, its thousands apart when asked."""
    text = f"{value:,f}" if apart else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_unit(code: Any) -> str:
    """Return a unit of measure as it is printed."""
    return UNITS.get(str(code or ""), str(code or ""))


def _stretch(item: Any) -> tuple[str, Any] | None:
    pair = getattr(item, "stretch", None)
    if pair:
        return str(pair[0]), pair[1]
    value = getattr(item, "stretch_value", None)
    return (str(item.stretch_op), value) if value is not None else None
