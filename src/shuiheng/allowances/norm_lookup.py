"""Which norm a word of the ledger or of a form names (定额对应)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuiheng.allowances.norm_choice import Wanted, choose_norm
from shuiheng.allowances.use_norm import UseNorm

Purpose = tuple[str, str]
"""What a norm is for: product and condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedNorms:
    """Norms by the words that name them, and by what they are for.

    Args:
        by_word: What the norms are for that a word names: by key, by number, by product.
        by_purpose: Norms by what they are for.
    """

    by_word: Sequence[Mapping[str, frozenset[Purpose]]]
    by_purpose: Mapping[Purpose, Sequence[UseNorm]]


def norm_key(norm: UseNorm) -> str:
    """Return by what a norm is told apart from all others: its standard and its number there."""
    return f"{norm.standard}/{norm.id}"


def named_norms(norms: Iterable[UseNorm]) -> NamedNorms:
    """Return norms in order to be found by key, number or product."""
    keys, numbers, products = (defaultdict[str, set[Purpose]](set) for _ in range(3))
    by_purpose: dict[Purpose, list[UseNorm]] = defaultdict(list)
    for norm in norms:
        purpose = (norm.product, norm.condition)
        by_purpose[purpose].append(norm)
        for words, word in ((keys, norm_key(norm)), (numbers, norm.id), (products, norm.product)):
            words[word].add(purpose)
    by_word = [{word: frozenset(found) for word, found in each.items()} for each in (keys, numbers, products)]
    return NamedNorms(by_word=by_word, by_purpose=by_purpose)


def find_norm(norms: NamedNorms, word: str, *, area: str, on: date, industry: str = "") -> UseNorm | None:
    """Return the norm that holds for what a word names (定额选用), or None where none does, or several do.

    A key counts before a number, that before a product. A number that two standards use for different
    things, or a product of which several conditions have norms, names none: nobody knows which is meant.

    Args:
        norms: The norms.
        word: Key or number of a norm, or its product.
        area: Code of the division in which the user lies.
        on: The day on which it must hold.
        industry: Code of GB/T 4754 of the user; empty when not known.
    """
    for words in norms.by_word:
        held = [
            chosen.norm
            for product, condition in sorted(words.get(word, ()))
            if (
                chosen := choose_norm(
                    norms.by_purpose[product, condition],
                    Wanted(area=area, on=on, product=product, condition=condition, industry=industry),
                )
            )
        ]
        if held:
            return held[0] if len(held) == 1 else None
    return None
