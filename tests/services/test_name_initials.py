"""Initials of names."""

from __future__ import annotations

from shuiheng.services.name_initials import name_initials


def test_initials_are_the_first_letters_of_each_syllable() -> None:
    assert name_initials("青禾市水利局") == "qhsslj"


def test_latin_letters_and_digits_stay_and_other_signs_fall_away() -> None:
    assert name_initials("A1园区（二期）") == "a1yqeq"


def test_no_words_have_no_initials() -> None:
    assert name_initials("") == ""
