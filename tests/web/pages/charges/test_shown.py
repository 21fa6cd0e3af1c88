"""A run is called by its own words, else by kind and period; unknown filters are dropped."""

from __future__ import annotations

from datetime import date

from shuiheng.adapters.records.models import ChargeRun
from shuiheng.adapters.records.queries_charges import ChargeFilter
from shuiheng.web.pages.charges.shown import derived_of, period_of, run_title, wanted_from


def _run(first: date, last: date, title: str = "") -> ChargeRun:
    return ChargeRun(kind="over_plan", first=first, last=last, title=title)


def test_a_period_of_one_month_is_named_once() -> None:
    assert period_of(_run(date(2026, 3, 1), date(2026, 3, 31))) == "2026-03"
    quarter = _run(date(2026, 1, 1), date(2026, 3, 31))
    assert period_of(quarter) == "2026-01–2026-03"
    assert run_title(quarter) == "超计划用水加价 2026-01–2026-03"
    assert run_title(_run(date(2026, 1, 1), date(2026, 3, 31), "一季度加价")) == "一季度加价"


def test_a_filter_takes_only_what_it_knows() -> None:
    assert wanted_from({"outcome": "poetry", "order": "least", "district": "x"}) == ChargeFilter()
    assert wanted_from({"outcome": "due", "order": "most", "q": "甲\x00"}) == ChargeFilter(
        words="甲", outcome="due", most_first=True
    )


def test_without_a_derivation_there_is_none() -> None:
    assert derived_of({}) is None
