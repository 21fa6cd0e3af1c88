"""Numbers as people type them into a form, with or without a unit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Context, Decimal

from shuiheng.plans.extract.measures import unit_of
from shuiheng.plans.extract.numerals import MULTIPLES
from shuiheng.services.demand_words import shown_unit

_TYPED = re.compile(r"(?P<number>[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?)(?P<unit>[^0-9.].{0,29})?", re.DOTALL)
_APART = re.compile(r"[,，\s]")
_WHOLE, _PLACES = 22, 8
_LONG = Context(prec=120)


class TypedValueError(ValueError):
    """What was typed cannot be taken as a value."""


class NotANumberError(TypedValueError):
    """It is no number, or stands in a unit that is not that of the table."""


class BeyondMeasureError(TypedValueError):
    """It has more digits than the table holds."""


def typed_value(text: str, unit: str, *, asked: str = "") -> Decimal | None:
    """Return what a person typed as a value in the unit of the table, None for an empty text.

    Full-width digits and thousands separators are understood, and a unit behind the number:
    12000亩, 1.2万亩 and 1.2万 are the same in a field for 亩, whatever unit the field asks for.

    Args:
        text: What stands in the field.
        unit: Code of the unit in which the table keeps the value.
        asked: The printed unit that the field asks for; it holds where the text names none.

    Raises:
        NotANumberError, BeyondMeasureError: It cannot be taken.
    """
    plain = _plain(text)
    if not plain:
        return None
    found = _TYPED.fullmatch(plain)
    if found is None:
        raise NotANumberError(text)
    value = _LONG.multiply(Decimal(found["number"]), _times(found["unit"] or _plain(asked), unit))
    whole, _, places = f"{value:f}".lstrip("+-").partition(".")
    if len(whole.lstrip("0")) > _WHOLE or len(places.rstrip("0")) > _PLACES:
        raise BeyondMeasureError(text)
    return value


def _plain(text: str) -> str:
    return _APART.sub("", unicodedata.normalize("NFKC", text))


def _times(words: str, unit: str) -> Decimal:
    """Return how many of `unit` the words of a unit are: 10000 for 万亩 where the unit is 亩."""
    own = _plain(shown_unit(unit))
    for name, times in (("", 1), *MULTIPLES.items()):
        rest = words.removeprefix(name)
        if words.startswith(name) and (rest in ("", own, unit) or unit_of(rest)[0] == unit):
            return Decimal(times)
    raise NotANumberError(words)
