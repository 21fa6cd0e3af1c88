"""How alike two short Chinese texts are, by the pairs of neighbouring characters they share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

NOISE = re.compile(r"[\s，。、；：:,.;!！？?“”\"'‘’《》〈〉（）()\[\]【】〔〕\-—~～·*]+")


def plain(text: str) -> str:
    """Return a text without white space and punctuation, full-width letters made narrow."""
    return NOISE.sub("", unicodedata.normalize("NFKC", text))


def likeness(first: str, second: str) -> float:
    """Return from 0 to 1 how alike two texts are (文本相似度): 1 when plainly the same."""
    one, two = _pairs(plain(first)), _pairs(plain(second))
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else 1.0


def share_held(part: str, whole: str) -> float:
    """Return which share of the character pairs of `part` stands in `whole`, from 0 to 1."""
    pairs = _pairs(plain(part))
    return (pairs & _pairs(plain(whole))).total() / pairs.total() if pairs else 1.0


def _pairs(text: str) -> Counter[str]:
    """Pairs of neighbouring characters, and the ends, so that one character counts too."""
    bounded = f"^{text}$" if text else ""
    return Counter(bounded[index : index + 2] for index in range(len(bounded) - 1))
