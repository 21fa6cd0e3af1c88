"""The file with the form of official documents, read strictly."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from places import PACKAGE
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.official_form import FILE, load_official_form, read_official_form
from shuiheng.reports.official_form import FontRole

SOURCE = "gb-t-9704-2012.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rulebook with the form and its source alone."""
    for name in (FILE, f"sources/{SOURCE}"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKAGE / "rulebook" / name, target)
    return tmp_path


def _change(folder: Path, old: str, new: str) -> None:
    path = folder / FILE
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_the_form_that_the_package_ships_has_the_measures_of_the_standard() -> None:
    form = load_official_form()
    assert (form.page.lines, form.page.characters) == (22, 28)
    assert (form.page.top_mm, form.page.binding_mm) == (37, 28)
    assert (form.text.body_pt, form.text.title_pt, form.text.page_number_pt) == (16, 22, 14)
    assert form.text.line_pt == Decimal("28.9")
    assert form.font(FontRole.BODY) == "仿宋_GB2312"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  at: clause 7.3.1\n", "", "`at` is missing"),
        ('  top_mm: "37"', "  top_mm: 37", "quoted number"),
        ('  top_mm: "37"', '  top_mm: "0"', "not above zero"),
        ('  lines: "22"\n', "", "must be a quoted number"),
        ('  line_pt: "28.9"', '  line_pt: "28.9"\n  colour: "1"', "unknown field"),
        ("  body: [仿宋_GB2312, 仿宋, FangSong, 方正仿宋_GBK]", "  body: []", "names no typeface"),
        ("source: gb-t-9704-2012", "source: gb-t-0", "there is no source"),
        ("from: 2012-07-01\n", "", "`from` is missing"),
    ],
)
def test_a_measure_without_clause_form_or_source_does_not_load(
    folder: Path, old: str, new: str, reason: str
) -> None:
    _change(folder, old, new)
    with pytest.raises(RulebookError, match=reason):
        read_official_form(folder)


def test_a_changed_measure_is_what_the_writer_gets(folder: Path) -> None:
    _change(folder, '  line_pt: "28.9"', '  line_pt: "28"')
    assert read_official_form(folder).text.line_pt == 28
