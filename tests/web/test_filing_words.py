"""What stands beside the fields of a filing is the whole month, and a difference says its side."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from shuiheng.adapters.records.models import SettledMonth
from shuiheng.web.templatetags.filing_words import beside_telemetry, m3_shown


@pytest.mark.parametrize(
    ("litres", "said"),
    [(0, "与远传读数相同"), (3_500, "比远传多 3.5 m³"), (-1_234_000, "比远传少 1,234 m³")],
)
def test_a_difference_is_said_with_its_side(litres: int, said: str) -> None:
    assert beside_telemetry(litres) == said


@pytest.mark.parametrize(
    ("litres", "said"), [(None, ""), (0, "0"), (1_234_500, "1,234.5"), (-1_000, "-1"), (-500, "-0.5")]
)
def test_an_amount_has_no_more_digits_than_it_needs(litres: int | None, said: str) -> None:
    assert m3_shown(litres) == said


@pytest.mark.parametrize(
    ("month", "said", "not_said"),
    [
        (None, "无", "m³"),
        (SettledMonth(missing_seconds=9), "无", "m³"),
        (SettledMonth(by_time_litres=5000, measured_seconds=9), "5 m³", "估算"),
        (SettledMonth(estimated_litres=7000, estimated_seconds=9), "7 m³", "不全"),
        (
            SettledMonth(by_time_litres=5000, measured_seconds=3, estimated_litres=7000, estimated_seconds=6),
            "12 m³",
            "不全",
        ),
        (SettledMonth(by_time_litres=5000, measured_seconds=3, missing_seconds=6), "不全", "估算"),
    ],
)
def test_the_month_beside_a_field_holds_what_was_estimated_and_says_so(
    month: SettledMonth | None, said: str, not_said: str
) -> None:
    shown = render_to_string("filing/month_use.html", {"row": month})
    assert said in shown and not_said not in shown
    assert ("含估算" in shown) == (month is not None and month.estimated_seconds > 0)
