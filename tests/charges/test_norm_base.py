"""What norms allow in a period: stocks by the day or month, output only where the whole period is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.allowances.model import Activity, Unknown
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.charges.norm_base import ReportedActivity, norm_base
from shuiheng.charges.steps import Figure

QUARTER = date(2025, 1, 1), date(2025, 4, 1)
YEAR = date(2025, 1, 1), date(2026, 1, 1)


def _reported(unit: str, general: str, amount: str, *days: str, counted: str = "") -> ReportedActivity:
    norm = UseNorm(
        id="n1",
        standard="made-up",
        area="",
        valid_from=date(2020, 1, 1),
        product="床位",
        unit=unit,
        general=Decimal(general),
        recorded_on=date(2020, 1, 1),
    )
    first, *end = (date.fromisoformat(day) for day in days)
    activity = Activity(norm=norm, amount=Decimal(amount), unit=counted)
    return ReportedActivity(activity=activity, first=first, end=end[0] if end else None)


def _base(period: tuple[date, date], *reported: ReportedActivity) -> Decimal | tuple[str, ...]:
    found = norm_base({"床位": reported}, first=period[0], end=period[1])
    return found.missing if isinstance(found, Unknown) else found.value


@pytest.mark.parametrize(
    ("unit", "general", "amount", "expected"),
    [
        ("L/(床·d)", "400", "10", "360"),  # 0.4 m³ × 10 × 90 days
        ("m³/(床·a)", "120", "10", "300"),  # a quarter of 1,200 m³
        ("m³/(床·月)", "10", "10", "300"),  # three months of 100 m³
    ],
)
def test_what_stands_counts_for_the_days_or_months_of_the_period(
    unit: str, general: str, amount: str, expected: str
) -> None:
    assert _base(QUARTER, _reported(unit, general, amount, "2020-01-01")) == Decimal(expected)


def test_of_what_stands_the_last_day_counts() -> None:
    before = _reported("m³/(床·a)", "120", "10", "2020-01-01", "2025-03-01")
    after = _reported("m³/(床·a)", "120", "20", "2025-03-01")
    assert _base(QUARTER, before, after) == Decimal(600)
    assert _base(QUARTER, before) == ("activity_of_period",)


def test_output_counts_where_all_days_of_the_period_were_reported() -> None:
    months = [
        _reported("m³/t", "2.5", amount, f"2025-0{month}-01", f"2025-0{month + 1}-01")
        for month, amount in ((1, "10"), (2, "20"), (3, "30"))
    ]
    assert _base(QUARTER, *months) == Decimal(150)
    assert _base(QUARTER, *months[1:]) == ("activity_of_period",)
    assert _base(QUARTER, _reported("m³/t", "2.5", "60", "2025-01-01", "2025-04-02")) == (
        "activity_of_period",
    )


def test_what_stands_through_a_year_is_the_output_of_that_year_and_of_no_quarter() -> None:
    output = _reported("m³/t", "2.5", "400", "2024-01-01")
    assert _base(YEAR, output) == Decimal(1000)
    assert _base(QUARTER, output) == ("activity_of_period",)
    assert _base(YEAR, _reported("m³/t", "2.5", "400", "2025-01-02")) == ("activity_of_period",)


def test_bed_days_are_output_and_not_beds() -> None:
    bed_days = _reported("L/(床·d)", "400", "900", "2025-01-01", "2025-04-01", counted="床·d")
    assert _base(QUARTER, bed_days) == Decimal(360)


def test_parts_add_up_and_are_rounded_once_to_the_litre() -> None:
    beds = _reported("m³/(床·a)", "1.003", "1", "2020-01-01")  # 0.25075 m³ of a quarter
    output = _reported("m³/t", "0.1", "1", "2025-01-01", "2025-04-01")
    found = norm_base({"床位": [beds], "产量": [output]}, first=QUARTER[0], end=QUARTER[1])
    assert isinstance(found, Figure)
    assert found.value == Decimal("0.351")
    last = found.steps[-1]
    assert (last.name, last.value, last.formula) == ("norm_base", Decimal("0.351"), "0.1 + 0.25075")


def test_without_any_activity_nothing_is_known() -> None:
    assert norm_base({}, first=QUARTER[0], end=QUARTER[1]) == Unknown(missing=("norm",))
