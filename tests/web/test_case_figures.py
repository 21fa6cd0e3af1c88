"""Points are shown without needless digits, as bounds where not all is known; nothing is never 0."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.web.templatetags.case_figures import bounds, figure, kept


def test_figures_have_no_needless_digits() -> None:
    shown = [figure(Decimal(each)) for each in ("10", "9.50", "0.3333333", "1E+3", "0")]
    assert shown == ["10", "9.5", "0.333", "1,000", "0"]
    assert figure(None) == ""


def test_bounds_are_one_figure_when_they_meet() -> None:
    assert bounds(Decimal("5"), Decimal("5.0")) == "5"
    assert bounds(Decimal(0), Decimal("7.5")) == "0–7.5"
    assert bounds(None, Decimal(1)) == ""


def test_what_was_typed_stands_before_what_is_kept() -> None:
    assert kept({"a": "9"}, "a", "1") == "9" and kept({}, "a", "1") == "1" and kept({"a": ""}, "a", "1") == ""
