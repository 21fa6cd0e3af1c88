"""A target of the year under way is held by its months so far, or by its state today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest

from shuiheng.adapters.records.models import PlanVersion, RegisterTarget
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey, Grade
from shuiheng.indicators.verdict import Standing, Why
from shuiheng.services.cases.link_json import HowCounted
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.indicators import judging_desk as desks
from shuiheng.services.indicators.running_year import BY_DAYS, BY_LAST_YEAR, WITHIN_YEAR
from shuiheng.services.indicators.target_standing import TargetStanding, judge_at, judging_desk

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 8)
CAP = {
    "kind": "level",
    "op": "<=",
    "unit": "m3",
    "value": Decimal(40_000_000),
    "deadline": date(2026, 12, 31),
}
Told = Mapping[tuple[str, int, int], str]
"""What is told, by fact, year and last month."""


def _figure(value: str, *, up_to: date | None = None, estimated: str = "0") -> FactFigure:
    shares = {Grade.REPORTED: 1 - Decimal(estimated), Grade.ESTIMATED: Decimal(estimated)}
    return FactFigure(value=Decimal(value), origin="made", shares=shares, up_to=up_to)


def _judged(
    published: PlanVersion, told: Told, *, indicator: str, estimated: str = "0", **changes: object
) -> TargetStanding:
    """Judge one target as if an indicator served it, by facts of years and of their first months."""
    city = published.plan.place
    target = RegisterTarget.objects.select_related("published", "plan").get(metric__contains="漏损率")
    RegisterTarget.objects.exclude(pk=target.pk).update(deadline=date(2021, 12, 31))
    for name, value in {"baseline_year": None, "is_annual": False, **changes}.items():
        setattr(target, name, value)
    figures: dict[FactKey, FactFigure] = {}
    parts: dict[FactKey, dict[int, FactFigure]] = {}
    for (fact, year, month), value in told.items():
        key = FactKey(fact, year)
        if month == 12:
            figures[key] = _figure(value)
        elif month == 0:
            figures[key] = _figure(value, up_to=ON)
        else:
            parts.setdefault(key, {})[month] = _figure(
                value, up_to=date(year, month, 28), estimated=estimated
            )
    book = FactBook(kinds=indicator_book().facts, figures=figures, parts=parts)
    (linked,) = linked_targets([target])
    linked = replace(linked, proposed=HowCounted(indicators=(indicator,)), choice=None)
    with (
        patch.object(desks, "fact_books", return_value={city.pk: book}),
        patch.object(desks, "with_settled_parts", side_effect=lambda city, books, years, today: books),
    ):
        return judge_at(judging_desk(city, [target], ON), [linked])[0]


def test_a_cap_is_held_against_what_had_come_by_then_the_year_before(published: PlanVersion) -> None:
    before = {("use_total", 2025, 12): "4000", ("use_total", 2025, 9): "3000"}
    found = _judged(published, {**before, ("use_total", 2026, 9): "2900"}, indicator="water_use_total", **CAP)
    assert (found.verdict.standing, found.verdict.why) == (Standing.ON_COURSE, Why.PATH)
    assert found.verdict.path == 30_000_000 and found.seen.value == 29_000_000
    assert found.seen.up_to == date(2026, 9, 28) and {WITHIN_YEAR, BY_LAST_YEAR} <= set(found.notes)
    assert [each.on.year for each in found.years] == [2025]
    more = _judged(published, {**before, ("use_total", 2026, 9): "3100"}, indicator="water_use_total", **CAP)
    assert more.verdict.standing is Standing.AT_RISK


def test_a_cap_that_is_passed_within_the_year_is_missed_at_once(published: PlanVersion) -> None:
    told = {("use_total", 2025, 12): "3900", ("use_total", 2026, 9): "4000.01"}
    found = _judged(published, told, indicator="water_use_total", **CAP)
    assert (found.verdict.standing, found.verdict.why) == (Standing.MISSED, Why.EXCEEDED)
    assert BY_DAYS in found.notes


def test_a_later_month_that_is_too_doubtful_gives_way_to_an_earlier_one(published: PlanVersion) -> None:
    told = {("use_total", 2025, 12): "3900", ("use_total", 2026, 9): "4500"}
    found = _judged(published, told, indicator="water_use_total", estimated="0.9", **CAP)
    assert found.seen.up_to == date(2025, 12, 31) and WITHIN_YEAR not in found.notes


def test_a_share_is_told_by_the_same_months_of_both_sides(published: PlanVersion) -> None:
    asked = {"kind": "level", "op": ">=", "unit": "%", "value": Decimal(25), "deadline": date(2027, 12, 31)}
    told = {
        ("reclaimed_use", 2026, 9): "30",
        ("reclaimed_to_rivers", 2026, 9): "0",
        ("sewage_treated", 2026, 6): "80",
        ("reclaimed_use", 2026, 6): "20",
        ("reclaimed_to_rivers", 2026, 6): "0",
    }
    found = _judged(published, told, indicator="reclaimed_water_rate", **asked)
    assert found.seen.value == 25 and found.seen.up_to == date(2026, 6, 28)
    assert found.verdict.standing is Standing.ON_COURSE


def test_what_is_counted_is_told_as_it_stands_today(published: PlanVersion) -> None:
    asked = {"kind": "level", "op": ">=", "unit": "%", "value": Decimal(90), "deadline": date(2026, 12, 31)}
    told = {("smart_meters", 2026, 0): "95", ("meters", 2026, 0): "100"}
    found = _judged(published, told, indicator="smart_meter_rate", **asked)
    assert (found.verdict.standing, found.seen.value, found.seen.up_to) == (Standing.ON_COURSE, 95, ON)
    assert found.years[-1].on == ON


def test_what_every_year_asks_is_held_for_the_year_under_way(published: PlanVersion) -> None:
    asked = {**CAP, "is_annual": True, "deadline": date(2030, 12, 31)}
    told = {("use_total", 2025, 12): "4100", ("use_total", 2026, 9): "2900"}
    found = _judged(published, told, indicator="water_use_total", **asked)
    assert found.ask is not None and found.ask.deadline == date(2026, 12, 31)
    assert found.verdict.standing is Standing.ON_COURSE
    past = {key: value for key, value in told.items() if key[1] == 2025}
    whole = _judged(published, past, indicator="water_use_total", **asked)
    assert (whole.verdict.standing, whole.verdict.why) == (Standing.MISSED, Why.FINAL)
