"""A past year counts only with all of its months and little missing; estimates are told."""

from __future__ import annotations

from datetime import date

from shuiheng.adapters.records.use_figures import Use
from shuiheng.services.allowances.taken_water import joined_months, past_year

DAY = 86_400


def _use(litres: int, *, missing: int = 0, estimated: int = 0) -> Use:
    seconds = {"measured_seconds": 30 * DAY - missing, "missing_seconds": missing}
    return Use(told_litres=litres, estimated_litres=estimated, meters=1, weight_litres=litres, **seconds)


def _year(**odd: Use) -> dict[date, Use]:
    months = {date(2025, month, 1): _use(1_000_000) for month in range(1, 13)}
    return months | {date(2025, int(name[1:]), 1): use for name, use in odd.items()}


def test_a_whole_year_has_its_sum_and_its_months() -> None:
    past = past_year(_year(m3=_use(1_000_000, estimated=500_000)), 2025)
    assert (past.m3, past.months[2], past.months[0]) == (12_000 + 0.5 * 1000, 1500, 1000)
    assert past.as_json() == {"year": 2025, "m3": "12500", "measured": 1.0, "estimated": 0.0, "missing": 0.0}


def test_a_year_without_one_month_is_not_known() -> None:
    months = _year()
    del months[date(2025, 7, 1)]
    past = past_year(months, 2025)
    assert (past.m3, past.months[6], past.months[5]) == (None, None, 1000)


def test_a_year_with_much_missing_is_not_known_and_says_how_much() -> None:
    past = past_year(_year(m1=_use(0, missing=30 * DAY), m2=_use(0, missing=30 * DAY)), 2025)
    assert past.m3 is None and past.missing == round(2 / 12, 4) and past.months[0] is None


def test_nothing_known_is_not_zero() -> None:
    past = past_year({}, 2025)
    assert (past.m3, past.measured, set(past.months)) == (None, None, {None})


def test_several_meters_of_a_source_are_added_up() -> None:
    first = date(2025, 1, 1)
    joined = joined_months([{first: _use(1_000)}, {first: _use(2_000)}])
    assert joined[first].told_litres == 3_000 and joined[first].meters == 2
