"""The first letters of the pinyin of Chinese words, by which people look for names."""

from __future__ import annotations

from functools import lru_cache

from shuiheng.services.pinyin import first_letters_of

LENGTH = 200


@lru_cache(maxsize=4096)
def name_initials(text: str) -> str:
    """Return the initials of a text in small letters: `slj` for `水利局`; other signs fall away."""
    syllables = first_letters_of(text[:LENGTH], keeps_others=True)
    letters = "".join(sign for each in syllables for sign in each if sign.isascii() and sign.isalnum())
    return letters.lower()[:LENGTH]
