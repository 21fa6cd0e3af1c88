"""Which items of a new version are the ones that stood before, by their ids and their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

ALIKE = 0.6
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An item as it stands in a version or in the register.

    Args:
        key: How the caller knows it.
        item: Its id in its version, or nothing.
        words: Its words in parts that are compared one by one, for example metric and quote.
        path: Headings above it.
        is_live: Whether it is in force; what was withdrawn yields to what is not.
    """

    key: Hashable
    item: str
    words: tuple[str, ...]
    path: str = ""
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class _Read:
    known: Known
    place: int
    plain: tuple[str, ...]
    pairs: tuple[frozenset[str], ...]


def pair_items(wanted: Sequence[Known], standing: Sequence[Known]) -> dict[Hashable, Hashable]:
    """Return for each wanted item that stood before the key under which it stands.

    The same words come first: among twins the one with the same id, then the one under the
    same headings. Then the most alike words, never those less alike than `ALIKE`. Each
    standing item is given once. The order in which the standing items come does not matter.
    """
    standing = sorted(standing, key=lambda each: (each.item, each.path, each.words, str(each.key)))
    news = [_read(each, place) for place, each in enumerate(wanted)]
    olds = [_read(each, place) for place, each in enumerate(standing)]
    found: dict[Hashable, Hashable] = {}
    _take(news, olds, _same, found)
    _take(news, olds, _alike, found)
    return found


def _read(known: Known, place: int) -> _Read:
    plain = tuple(_PUNCTUATION.sub("", part) for part in known.words)
    return _Read(known, place, plain, tuple(_pairs(part) for part in plain))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def _take(
    news: Sequence[_Read],
    olds: Sequence[_Read],
    measure: Callable[[_Read, _Read], float | None],
    found: dict[Hashable, Hashable],
) -> None:
    """Give away the pairs that `measure` allows, the best first."""
    taken = set(found.values())
    scored = []
    for new in (each for each in news if each.known.key not in found):
        for old in (each for each in olds if each.known.key not in taken):
            score = measure(new, old)
            if score is not None:
                scored.append((-_weight(new, old, score), new.place, old.place, new.known.key, old.known.key))
    for *_, new_key, old_key in sorted(scored, key=lambda each: each[:3]):
        if new_key not in found and old_key not in taken:
            found[new_key] = old_key
            taken.add(old_key)


def _weight(new: _Read, old: _Read, score: float) -> float:
    """Return how much speaks for a pair: its words, then its id, its headings, and that it is in force."""
    is_same_item = bool(new.known.item) and new.known.item == old.known.item
    return score + 0.1 * is_same_item + 0.05 * (new.known.path == old.known.path) + 0.02 * old.known.is_live


def _same(new: _Read, old: _Read) -> float | None:
    return 1.0 if new.plain == old.plain else None


def _alike(new: _Read, old: _Read) -> float | None:
    parts = [_shared(first, second) for first, second in zip(new.pairs, old.pairs, strict=True)]
    score = sum(parts) / len(parts)
    return score if score >= ALIKE else None


def _shared(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share of the pairs of letters that two texts have in common."""
    return 2 * len(first & second) / (len(first) + len(second))
