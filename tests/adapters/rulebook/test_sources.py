"""Laws, standards and notices of the rulebook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shuiheng.adapters.rulebook import RulebookError
from shuiheng.adapters.rulebook.sources import read_sources, shipped_sources

OLD = """kind: standard
title: 水表通则
number: GB/T 1-2008
superseded_by: new
checked: {day: null, by: null}
"""
NEW = "kind: standard\ntitle: 水表通则\neffective_on: 2022-11-01\nchecked: {day: 2026-05-01, by: 王工}\n"


def _folder(folder: Path, old: str = OLD, new: str = NEW) -> Path:
    (folder / "sources").mkdir()
    (folder / "sources" / "old.yaml").write_text(old, "utf-8")
    (folder / "sources" / "new.yaml").write_text(new, "utf-8")
    return folder


def test_a_source_is_named_by_its_file(tmp_path: Path) -> None:
    new, old = read_sources(_folder(tmp_path))
    assert (old.id, old.superseded_by, old.is_checked) == ("old", "new", False)
    assert (new.effective_on, new.is_checked) == (date(2022, 11, 1), True)


def test_a_note_is_kept_and_may_be_left_out(tmp_path: Path) -> None:
    new, old = read_sources(_folder(tmp_path, old=OLD.replace("number: GB/T 1-2008", "note: 标题未核对。")))
    assert (old.note, new.note) == ("标题未核对。", "")


def test_amendments_are_days_in_their_order(tmp_path: Path) -> None:
    amended = OLD.replace("number: GB/T 1-2008", "amended_on: [2019-01-01, 2020-01-01]")
    _, old = read_sources(_folder(tmp_path, old=amended))
    assert old.amended_on == (date(2019, 1, 1), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("superseded_by: new", "superseded_by: gone"), "no other source"),
        (("superseded_by: new", "superseded_by: old"), "no other source"),
        (("kind: standard", "kind: rumour"), "unknown kind"),
        (("title: 水表通则", "name: 水表通则"), "unknown field"),
        (("checked: {day: null, by: null}", "checked: {day: null, by: 王工}"), "without a person"),
        (("checked: {day: null, by: null}", "note: 无"), "`checked` is missing"),
        (("number: GB/T 1-2008", "text_hash: md5:00"), "wrong form"),
        (("number: GB/T 1-2008", "effective_on: 2020-01-01\nended_on: 2019-01-01"), "ends before"),
        (("number: GB/T 1-2008", "amended_on: [2020-01-01, 2019-01-01]"), "do not rise"),
        (("number: GB/T 1-2008", "amended_on: [2020-01-01, 2020-01-01]"), "do not rise"),
        (("number: GB/T 1-2008", "amended_on: [spring]"), "expected date"),
    ],
)
def test_a_faulty_source_does_not_load(tmp_path: Path, change: tuple[str, str], reason: str) -> None:
    with pytest.raises(RulebookError, match=reason):
        read_sources(_folder(tmp_path, old=OLD.replace(*change)))


def test_the_shipped_sources_are_known_by_their_id() -> None:
    sources = shipped_sources()
    assert sources["cn-reg-776"].title == "节约用水条例"
    assert all(name == source.id for name, source in sources.items())
