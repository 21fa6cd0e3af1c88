"""Every division of industries belongs to one section, and a file that says otherwise does not load."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.industries import industries, read_industries

HEAD = "source: gb-t-4754-2017\nchecked: {day: null, by: null}\n"


def _read(folder: Path, text: str) -> object:
    (folder / "industries.yaml").write_text(HEAD + text, "utf-8")
    return read_industries(folder)


def test_every_division_lies_in_one_section() -> None:
    known = industries()
    assert sorted(known.section_of) == [f"{number:02d}" for number in range(1, 98)]
    assert set(known.section_of.values()) == set(known.sections)


def test_a_section_and_a_division_are_named() -> None:
    known = industries()
    assert known.section_of["17"] == "C" and known.sections["C"]["zh"] == "制造业"
    assert known.divisions["17"]["zh"] == "纺织业"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            'sections:\n  - {section: "A", first: "01", last: "05", zh: 甲, en: a}\n'
            '  - {section: "B", first: "05", last: "06", zh: 乙, en: b}\ndivisions: {}\n',
            "stands in two sections",
        ),
        (
            'sections:\n  - {section: "A", first: "09", last: "05", zh: 甲, en: a}\ndivisions: {}\n',
            "are no divisions",
        ),
        (
            'sections:\n  - {section: "A", first: "01", last: "05", zh: 甲, en: a}\n'
            'divisions:\n  "17": {zh: 乙, en: b}\n',
            "has no section",
        ),
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself_does_not_load(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RulebookError, match=says):
        _read(tmp_path, text)
