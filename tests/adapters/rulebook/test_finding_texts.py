"""What people read about a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook import RulebookError, finding_texts
from shuiheng.adapters.rulebook.finding_texts import read_texts

TEXT = "plans.a: {zh: {name: 甲, says: 乙, remedy: 丙}, en: {name: A, says: B, remedy: C}}\n"


def _write(folder: Path, **files: str) -> Path:
    (folder / "findings").mkdir()
    for name, text in files.items():
        (folder / "findings" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def test_texts_of_all_rooms_are_found_by_code_and_language(tmp_path: Path) -> None:
    texts = read_texts(_write(tmp_path, plans=TEXT, rules=TEXT.replace("plans.a", "rules.a")))
    assert texts["zh"]["plans.a"].says == "乙"
    assert texts["en"]["rules.a"].remedy == "C"


@pytest.mark.parametrize(
    "text",
    [
        "plans.b: {zh: {name: 甲, says: 乙, remedy: 丙}}\n",
        TEXT.replace("remedy: C", "remedy: null"),
        TEXT.replace("remedy: C", "remedy: C, why: D"),
        TEXT.replace("en:", "fr:"),
    ],
)
def test_a_text_that_is_not_whole_does_not_load(tmp_path: Path, text: str) -> None:
    with pytest.raises(RulebookError):
        read_texts(_write(tmp_path, plans=text))


def test_a_text_without_a_name_is_named_by_its_first_clause(tmp_path: Path) -> None:
    unnamed = "plans.b: {zh: {says: '有{n}处，请看', remedy: 丙}, en: {says: B., remedy: C}}\n"
    texts = read_texts(_write(tmp_path, plans=unnamed))
    assert (texts["zh"]["plans.b"].name, texts["en"]["plans.b"].name) == ("有…处", "B")


def test_a_code_in_two_files_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(RulebookError, match="another file"):
        read_texts(_write(tmp_path, plans=TEXT, rules=TEXT))


def test_the_shipped_texts_load_in_both_languages() -> None:
    assert set(finding_texts("zh")) == set(finding_texts("en"))
    with pytest.raises(KeyError):
        finding_texts("fr")
