"""Measures that follow from the measures of the form."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.reports.official_form import FontRole


def test_the_margins_follow_from_paper_and_text() -> None:
    page = load_official_form().page
    assert (page.bottom_mm, page.outer_mm) == (35, 26)


def test_the_lines_and_characters_fit_the_text_and_one_more_does_not() -> None:
    form = load_official_form()
    point = Decimal("25.4") / 72
    height, width = form.text.line_pt * point, form.text.character_pt * point
    assert height * form.page.lines <= form.page.text_height_mm < height * (form.page.lines + 1)
    assert width * form.page.characters <= form.page.text_width_mm < width * (form.page.characters + 1)


def test_every_role_has_a_typeface() -> None:
    form = load_official_form()
    assert all(form.font(role) for role in FontRole)
