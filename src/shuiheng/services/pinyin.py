"""The sounds of Chinese words; the dictionary is read with the first word, for few commands need it."""

from __future__ import annotations

from collections.abc import Sequence


def syllables_of(text: str) -> Sequence[str]:
    """Return the pinyin of each character without tones; what is no Chinese falls away."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  reads 47,000 phrases when it is loaded

    found: list[str] = lazy_pinyin(text, errors="ignore")
    return found


def first_letters_of(text: str, *, keeps_others: bool = False) -> Sequence[str]:
    """Return the first letter of each character.

    Args:
        text: Any text.
        keeps_others: Whether what is no Chinese stands as it is; else it falls away.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  as above

    errors = "default" if keeps_others else "ignore"
    found: list[str] = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=errors)
    return found
