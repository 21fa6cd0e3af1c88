"""Every step, term and unit of a derivation has a word in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derivation_names import derivation_names
from shuiheng.adapters.rulebook.derivation_words import derivation_words, read_derivation_words
from shuiheng.adapters.rulebook.errors import RulebookError

WHOLE = "names: {excess: {zh: 甲, en: A}}\nunits: {m3: {zh: 乙, en: B}}\nlabels: {all: {zh: 丙, en: C}}\n"


@pytest.mark.parametrize("part", ["names", "units"])
def test_every_name_and_unit_that_the_core_uses_has_words(part: str) -> None:
    known = getattr(derivation_words("zh"), part)
    wanted = derivation_names()[part]
    assert {name for name in wanted if not any(re.fullmatch(name, each) for each in known)} == set()
    assert len(wanted) >= {"names": 80, "units": 8}[part]  # the scan has not gone blind


def test_words_are_read_by_language(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "derivation.yaml").write_text(WHOLE, "utf-8")
    words = read_derivation_words(tmp_path, "en")
    assert (words.name("excess", "all"), words.unit("m3")) == ("A (C)", "B")
    with pytest.raises(KeyError):
        derivation_words("fr")


@pytest.mark.parametrize("change", [("en: A", "en: null"), ("en: A", "fr: A"), ("labels", "things")])
def test_words_that_are_not_whole_do_not_load(tmp_path: Path, change: tuple[str, str]) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "derivation.yaml").write_text(WHOLE.replace(*change), "utf-8")
    with pytest.raises(RulebookError):
        read_derivation_words(tmp_path, "en")
