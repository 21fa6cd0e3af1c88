"""Units of norms (定额单位): water per unit of activity, and per time where the norm counts time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from shuiheng.allowances.errors import UnknownUnitError

YEAR, MONTH, DAY = "year", "month", "day"
_WATER: Mapping[str, Fraction] = MappingProxyType(
    {
        **dict.fromkeys(("m3", "立方米", "吨", "t"), Fraction(1)),
        **dict.fromkeys(("l", "升"), Fraction(1, 1000)),
    }
)
_TIMES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("a", "年"), YEAR),
        **dict.fromkeys(("月", "mon"), MONTH),
        **dict.fromkeys(("d", "天", "日"), DAY),
    }
)
_SIZES: Mapping[str, int] = MappingProxyType({"千": 1_000, "万": 10_000, "百": 100, "亿": 100_000_000})
_COUNTED = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)?([千万百亿]?)(\D.{0,19})")


@dataclass(frozen=True, slots=True, kw_only=True)
class NormUnit:
    """What a norm counts.

    Args:
        m3: Cubic metres of one unit of its water: 1, or 1/1000 for litres.
        activity: Unit of the activity, such as `t`, `人` or `床`; joined by `·` where there are several.
        size: How many of them the norm is for: 100 in m³/100 m, 10,000 in m³/万元.
        per: `year`, `month` or `day` where the norm counts time, else empty.
    """

    m3: Fraction
    activity: str
    size: Fraction = Fraction(1)
    per: str = ""


@lru_cache(maxsize=4096)
def norm_unit_of(text: str) -> NormUnit:
    """Return what a unit of a norm counts (定额单位): `m³/t`, `L/(床·d)`, `m³/100 m`, `m³/万元`.

    Raises:
        UnknownUnitError: It is not water per unit of activity.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).replace("•", "·").replace("*", "·")
    water, slash, below = plain.partition("/")
    m3 = _WATER.get(water.lower())
    if m3 is None or not slash:
        raise UnknownUnitError(text)
    times, counted, size = [], [], Fraction(1)
    for part in filter(None, re.split(r"[·/、]|\.(?!\d)", below.strip("()"))):
        if part.lower() in _TIMES:
            times.append(_TIMES[part.lower()])
        else:
            named, times_of_it = _counted(part, text)
            counted.append(named)
            size *= times_of_it
    if not counted or len(times) > 1:
        raise UnknownUnitError(text)
    return NormUnit(m3=m3, activity="·".join(counted), size=size, per=times[0] if times else "")


def _counted(part: str, text: str) -> tuple[str, Fraction]:
    found = _COUNTED.fullmatch(part)
    if found is None or not found[3]:
        raise UnknownUnitError(text)
    try:
        number = Fraction(Decimal(found[1])) if found[1] else Fraction(1)
    except InvalidOperation as error:
        raise UnknownUnitError(text) from error
    size = number * _SIZES.get(found[2], 1)
    if size <= 0:
        raise UnknownUnitError(text)
    return found[3], size
