"""Sounds of Chinese words."""

from __future__ import annotations

import subprocess
import sys

from shuiheng.services.pinyin import first_letters_of, syllables_of


def test_a_word_has_the_sound_that_it_has_in_its_phrase() -> None:
    assert syllables_of("重庆水务A") == ["chong", "qing", "shui", "wu"]


def test_first_letters_stand_with_or_without_what_is_no_chinese() -> None:
    assert first_letters_of("水务A1") == ["s", "w"]
    assert first_letters_of("水务A1", keeps_others=True) == ["s", "w", "A1"]


def test_the_dictionary_is_not_read_before_a_word_is_asked() -> None:
    code = "import sys, shuiheng.services.name_initials; print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
