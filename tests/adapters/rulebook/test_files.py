"""Where the rulebook's files stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.files import read_file, read_files, rulebook_folder


def test_the_package_ships_its_rulebook() -> None:
    assert (rulebook_folder() / "glossary.yaml").is_file()


def test_files_are_read_by_name_and_a_missing_one_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    for name in ("b.yaml", "a.yaml", "readme.md"):
        (folder / name).write_text("title: 示例\n", "utf-8")
    assert [name for name, _ in read_files(tmp_path, "sources")] == ["a", "b"]
    assert list(read_files(tmp_path, "nowhere")) == []
    with pytest.raises(RulebookError, match=r"sources/c\.yaml:1: the file is missing"):
        read_file(tmp_path, "sources/c.yaml")
