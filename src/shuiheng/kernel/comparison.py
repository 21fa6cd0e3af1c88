"""Words that compare (比较词): which of them take in the number that they stand beside."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class Comparison(StrEnum):
    """How a value is held against a limit."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"


WORDS: Mapping[str, Comparison] = MappingProxyType(
    {
        **dict.fromkeys(("以上", "及以上", "不低于", "不少于", "不小于", "达到", "≥"), Comparison.AT_LEAST),
        **dict.fromkeys(("超过", "大于", "高于", "多于", "以外", ">"), Comparison.ABOVE),
        **dict.fromkeys(
            ("以下", "及以下", "以内", "届满", "不超过", "不高于", "不大于", "不多于", "≤"),
            Comparison.AT_MOST,
        ),
        **dict.fromkeys(("不满", "不足", "低于", "少于", "小于", "<"), Comparison.BELOW),
    }
)
"""By the civil code: 以上, 以下, 以内 and 届满 include the number, 不满, 超过 and 以外 do not.

Source:
    cn-civil-code, article 1259. The other words go by their plain sense.
"""


class UnknownComparisonError(KeyError):
    """A word compares nothing that is known.

    Args:
        word: The word.
    """

    def __init__(self, word: str) -> None:
        super().__init__(
            f"kernel.unknown_comparison: {word!r} is no word that compares. Use one of: {'、'.join(WORDS)}."
        )
        self.word = word


def comparison_of(word: str) -> Comparison:
    """Return how a word compares (比较词).

    Raises:
        UnknownComparisonError: The word is not known.
    """
    if word not in WORDS:
        raise UnknownComparisonError(word)
    return WORDS[word]


def is_met(value: Decimal, comparison: Comparison, limit: Decimal) -> bool:
    """Return whether a value meets a limit. Neither is rounded before."""
    return {
        Comparison.AT_LEAST: value >= limit,
        Comparison.ABOVE: value > limit,
        Comparison.AT_MOST: value <= limit,
        Comparison.BELOW: value < limit,
    }[comparison]
