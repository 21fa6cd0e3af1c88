"""Formats of numbers: percent, day, and one more for days."""

from __future__ import annotations

import pytest
from lxml import etree

from shuiheng.adapters.workbooks.cell_styles import CellStyles

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _styles(code: str = "", *numbers: int) -> CellStyles:
    formats = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts>' if code else ""
    cells = "".join(f'<xf numFmtId="{number}" fontId="3"/>' for number in numbers or (170,))
    return CellStyles(
        etree.fromstring(f'<styleSheet xmlns="{MAIN}">{formats}<cellXfs>{cells}</cellXfs></styleSheet>')
    )


@pytest.mark.parametrize(
    ("code", "is_percent", "is_day"),
    [
        ("0.0%", True, False),
        ("0.0&quot;%&quot;", False, False),
        ("yyyy/m/d", False, True),
        ("yyyy&quot;年&quot;m&quot;月&quot;", False, True),
        ("[红色]#,##0", False, False),
        ("[Red]#,##0", False, False),
        ("0.00&quot;亩 day&quot;", False, False),
        ("General", False, False),
    ],
)
def test_a_format_shows_percent_or_days(code: str, is_percent: bool, is_day: bool) -> None:
    styles = _styles(code)
    assert (styles.shows_percent(0), styles.shows_day(0)) == (is_percent, is_day)


@pytest.mark.parametrize(
    ("number", "is_percent", "is_day"),
    [(10, True, False), (14, False, True), (31, False, True), (0, False, False), (46, False, False)],
)
def test_formats_that_are_built_in_are_known(number: int, is_percent: bool, is_day: bool) -> None:
    styles = _styles("", number)
    assert (styles.shows_percent(0), styles.shows_day(0)) == (is_percent, is_day)


def test_a_style_for_days_keeps_the_look_and_is_made_once() -> None:
    styles = _styles("0.0", 170, 0)
    first = styles.day_style(1)
    assert (first, styles.day_style(1), styles.day_style(0)) == (2, 2, 3)
    assert styles.shows_day(2) and styles.is_changed
    assert [each.get("fontId") for each in styles.root.iter(f"{{{MAIN}}}xf")] == ["3"] * 4
    assert len(list(styles.root.iter(f"{{{MAIN}}}numFmt"))) == 2


def test_a_style_that_shows_days_is_kept() -> None:
    styles = _styles("", 14)
    assert (styles.day_style(0), styles.is_changed) == (0, False)
