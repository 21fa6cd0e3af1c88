"""Units in which texts give volumes of water (水量单位), as litres."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

LITRES_OF_M3 = 1000
_TIMES = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_CUBIC_METRES = ("m3", "立方米", "立方", "方", "吨", "t")
LITRES: Mapping[str, int] = MappingProxyType(
    {"升": 1, "l": 1}
    | {f"{word}{unit}": times * LITRES_OF_M3 for word, times in _TIMES.items() for unit in _CUBIC_METRES}
)
"""Litres of one unit. A ton of water is a cubic metre in every plan and tariff."""


def litres_of(value: Decimal, unit: str) -> Decimal | None:
    """Return a volume of water in litres (水量单位), or None when the unit is not one of volume.

    Args:
        value: The number as the text gives it.
        unit: The unit as the text writes it: `m3`, `m³`, `吨`, `万立方米`.
    """
    plain = "".join(unicodedata.normalize("NFKC", unit).split()).lower()
    litres = LITRES.get(plain)
    return None if litres is None else value * litres
