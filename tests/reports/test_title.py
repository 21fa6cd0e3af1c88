"""Titles in lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.reports.title import text_width, title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于报送进展情况的通知", ("关于报送进展情况的通知",)),
        (
            "关于2026年上半年《青禾市节水工作实施方案》实施进展情况的报告",
            ("关于2026年上半年", "《青禾市节水工作实施方案》", "实施进展情况的报告"),
        ),
        (
            "关于报送2026年上半年节水行动进展情况的催办函",
            ("关于报送2026年上半年", "节水行动进展情况的催办函"),
        ),
        (
            "关于《青禾市节水方案》上半年实施进展情况的报告",
            ("关于《青禾市节水方案》", "上半年实施进展情况的报告"),
        ),
    ],
)
def test_a_title_breaks_beside_the_name_of_the_plan(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title, widest=20) == lines


def test_a_title_without_a_mark_breaks_near_its_middle() -> None:
    lines = title_lines("青禾市节约用水办公室关于报送二〇二六年上半年节水工作进展情况的催办函", widest=20)
    assert len(lines) == 2
    assert abs(text_width(lines[0]) - text_width(lines[1])) <= 2


def test_a_year_is_not_broken() -> None:
    lines = title_lines("青禾市节约用水管理办公室转发2026年度取水计划的通知", widest=14)
    assert any("2026" in line for line in lines)


@given(
    title=st.text("关于报送进展情况的《方案》（试行）、2026年", min_size=1, max_size=120),
    widest=st.integers(8, 24),
)
def test_no_line_is_wider_than_the_page_and_no_character_is_lost(title: str, widest: int) -> None:
    lines = title_lines(title, widest=widest)
    assert "".join(lines) == title
    assert all(text_width(line) <= widest for line in lines)


def test_a_title_without_end_takes_no_time_without_end() -> None:
    assert "".join(title_lines("《" * 20_000, widest=20)) == "《" * 20_000
