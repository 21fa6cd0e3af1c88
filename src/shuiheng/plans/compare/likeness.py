"""How alike two short Chinese texts are, by the pairs of neighbouring characters they share."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

TELLING_PAIRS = 10
MOST_HOLDERS = 400
CANDIDATES = 12
NOISE = re.compile(r"[\s，。、；：:,.;!！？?“”\"'‘’《》〈〉（）()\[\]【】〔〕\-—~～·*]+")


def plain(text: str) -> str:
    """Return a text without white space and punctuation, full-width letters made narrow."""
    return NOISE.sub("", unicodedata.normalize("NFKC", text))


def likeness(first: str, second: str) -> float:
    """Return from 0 to 1 how alike two texts are (文本相似度): 1 when plainly the same."""
    one, two = _pairs(plain(first)), _pairs(plain(second))
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else 1.0


def pairs_in(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, for `share_held`."""
    bare = plain(text)
    return frozenset(bare[index : index + 2] for index in range(len(bare) - 1))


def share_held(part: str, whole: frozenset[str]) -> float:
    """Return which share of the character pairs of `part` is among those of a whole, from 0 to 1."""
    pairs = pairs_in(part)
    return len(pairs & whole) / len(pairs) if pairs else 1.0


class LikenessIndex:
    """Texts in which the one most like another is found without comparing all."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._holders: dict[str, list[int]] = {}
        for position, text in enumerate(texts):
            for pair in pairs_in(text):
                self._holders.setdefault(pair, []).append(position)

    def nearest(self, text: str, *, least: float) -> int | None:
        """Return the position of the text most like `text`, or None below `least`.

        The ten rarest pairs of `text` choose a few candidates, which are then compared.
        """
        holders = [self._holders.get(pair, []) for pair in sorted(pairs_in(text))]
        votes: Counter[int] = Counter()
        for positions in sorted(holders, key=len)[:TELLING_PAIRS]:
            votes.update(positions[:MOST_HOLDERS])
        scored = [
            (likeness(text, self.texts[position]), -position) for position, _ in votes.most_common(CANDIDATES)
        ]
        best = max(scored, default=(0.0, 0))
        return -best[1] if scored and best[0] >= least else None


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> Counter[str]:
    """Pairs of neighbouring characters, and the ends, so that one character counts too."""
    bounded = f"^{text}$" if text else ""
    return Counter(bounded[index : index + 2] for index in range(len(bounded) - 1))
