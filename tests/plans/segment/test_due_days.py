"""Deadlines of a cell of their own become the last day that they allow."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.plans.segment.due_days import due_day, due_segment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025年底前", date(2025, 12, 31)),
        ("2025年", date(2025, 12, 31)),
        ("2023—2025年", date(2025, 12, 31)),
        ("2024年6月底", date(2024, 6, 30)),
        ("2024年2月", date(2024, 2, 29)),
        ("2023年9月15日前", date(2023, 9, 15)),
        ("2024年上半年", date(2024, 6, 30)),
        ("2024年第三季度", date(2024, 9, 30)),
        ("2025.6", date(2025, 6, 30)),
        ("2025-10-20", date(2025, 10, 20)),
        ("2023年2月31日", date(2023, 2, 28)),
    ],
)
def test_a_deadline_with_a_year_has_a_day(text: str, day: date) -> None:
    assert due_day(text) == day


@pytest.mark.parametrize("text", ["6月底", "长期坚持", "持续推进", ""])
def test_a_deadline_without_a_year_has_none(text: str) -> None:
    assert due_day(text) is None


def test_a_deadline_between_commas_is_found() -> None:
    text = "市水利局牵头，2025年底前完成，市财政局配合"
    found = due_segment(text)
    assert found is not None
    assert text[slice(*found)] == "2025年底前完成"


@pytest.mark.parametrize("text", ["市水利局牵头", "市水利局、2025年工作专班", ""])
def test_a_clause_without_a_deadline_has_none(text: str) -> None:
    assert due_segment(text) is None
