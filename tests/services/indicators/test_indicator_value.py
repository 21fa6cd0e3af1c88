"""An indicator gives a target its value in the unit of the plan, for the year that is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest

from office import make_account
from shuiheng.adapters.records.models import PlanVersion, RegisterTarget, Role, ScopeKind
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey, Grade
from shuiheng.indicators.verdict import Standing, Why
from shuiheng.services.cases.link_json import HowCounted
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.cases.scope_meanings import Said, say_scope
from shuiheng.services.indicators import judging_desk as desks
from shuiheng.services.indicators.indicator_value import unit_of
from shuiheng.services.indicators.judged_parts import Problem
from shuiheng.services.indicators.target_standing import TargetStanding, judge_at, judging_desk

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)
Told = dict[tuple[str, int], str]


def _judged(
    published: PlanVersion, told: Told, *, indicator: str, estimated: str = "0", **changes: object
) -> TargetStanding:
    """Judge one target as if an indicator served it, by facts that are told."""
    city = published.plan.place
    target = RegisterTarget.objects.select_related("published", "plan").get(metric__contains="漏损率")
    RegisterTarget.objects.exclude(pk=target.pk).update(deadline=date(2021, 12, 31))
    for name, value in changes.items():
        setattr(target, name, value)
    shares = {Grade.REPORTED: 1 - Decimal(estimated), Grade.ESTIMATED: Decimal(estimated)}
    figures = {
        FactKey(fact.partition("@")[0], year, fact.partition("@")[2]): FactFigure(
            value=Decimal(value), origin="made", shares=shares
        )
        for (fact, year), value in told.items()
    }
    book = FactBook(kinds=indicator_book().facts, figures=figures)
    (linked,) = linked_targets([target])
    linked = replace(linked, proposed=HowCounted(indicators=(indicator,)), choice=None)
    with patch.object(desks, "fact_books", return_value={city.pk: book}):
        return judge_at(judging_desk(city, [target], ON), [linked])[0]


def _reclaimed(**rates: str) -> Told:
    """Return facts by which the share of reclaimed water of years is what is given, in percent."""
    told: Told = {}
    for year, rate in rates.items():
        told["reclaimed_use", int(year[1:])] = rate
        told["sewage_treated", int(year[1:])] = "100"
        told["reclaimed_to_rivers", int(year[1:])] = "0"
    return told


RECLAIMED = {"indicator": "reclaimed_water_rate", "unit": "%", "op": ">="}


def test_the_value_of_the_deadline_decides(published: PlanVersion) -> None:
    asked = {**RECLAIMED, "kind": "level", "value": Decimal(22), "deadline": date(2024, 12, 31)}
    for rate, standing in (("22", Standing.MET), ("21.9999", Standing.MISSED)):
        found = _judged(published, _reclaimed(y2024=rate, y2025="30"), **asked)
        assert (found.verdict.standing, found.verdict.why) == (standing, Why.FINAL)
        assert found.seen.value == Decimal(rate) and found.seen.up_to == date(2024, 12, 31)


def test_without_the_last_year_it_waits_and_names_what_is_missing(published: PlanVersion) -> None:
    asked = {**RECLAIMED, "kind": "level", "value": Decimal(22), "deadline": date(2025, 12, 31)}
    found = _judged(published, _reclaimed(y2024="25"), **asked)
    assert (found.verdict.standing, found.verdict.why) == (Standing.UNKNOWN, Why.WAITING)
    assert "reclaimed_use" in found.seen.missing and "earlier_year" in found.notes


def test_a_yearly_rise_is_held_against_the_year_before(published: PlanVersion) -> None:
    asked = {
        **RECLAIMED,
        "kind": "increment",
        "unit": "百分点",
        "value": Decimal(1),
        "deadline": date(2027, 12, 31),
        "is_annual": True,
    }
    found = _judged(published, _reclaimed(y2024="20", y2025="21"), **asked)
    assert (found.seen.value, found.verdict.standing) == (1, Standing.MET)
    short = _judged(published, _reclaimed(y2024="20", y2025="20.9"), **asked)
    assert short.verdict.standing is Standing.MISSED
    alone = _judged(published, _reclaimed(y2025="20.9"), **asked)
    assert alone.verdict.standing is Standing.UNKNOWN and "reclaimed_use" in alone.seen.missing


def test_too_much_estimated_says_nothing(published: PlanVersion) -> None:
    asked = {**RECLAIMED, "kind": "level", "value": Decimal(22), "deadline": date(2025, 12, 31)}
    for share, why in (("0.2", Why.FINAL), ("0.21", Why.DOUBTFUL)):
        found = _judged(published, _reclaimed(y2025="30"), estimated=share, **asked)
        assert found.verdict.why is why


def test_a_class_of_users_without_figures_is_unknown(published: PlanVersion) -> None:
    asked = {**RECLAIMED, "kind": "level", "value": Decimal(22), "deadline": date(2025, 12, 31)}
    found = _judged(published, _reclaimed(y2025="30"), **asked, scope="工业集聚区")
    assert (found.problem, found.narrowed) == (Problem.NO_SCOPE, ("工业集聚区",))
    assert found.verdict.standing is Standing.UNKNOWN and "reclaimed_use" in found.seen.missing
    parks = _judged(published, _reclaimed(y2025="30"), **asked, metric="新建园区再生水利用率")
    assert parks.problem == Problem.NO_SCOPE


def test_a_decline_without_its_base_year_and_an_unknown_indicator_say_so(published: PlanVersion) -> None:
    decline = {"indicator": "water_use_per_gdp", "kind": "reduction", "unit": "%", "value": Decimal(20)}
    assert _judged(published, {}, **decline).problem == Problem.NO_BASE_YEAR
    nothing = _judged(published, {}, indicator="saving_enterprises", kind="level")
    assert nothing.problem == Problem.NO_INDICATOR and nothing.seen.missing


@pytest.mark.parametrize(
    ("unit", "indicator", "expected"),
    [
        ("m3", "water_use_total", "m3"),
        ("亿m3", "water_use_total", "yi_m3"),
        ("km", "water_use_total", None),
        ("%", "irrigation_efficiency", "percent"),
        ("系数", "irrigation_efficiency", "ratio"),
        ("个", "reclaimed_water_rate", None),
        ("光年", "water_use_total", None),
    ],
)
def test_units_convert_where_they_mean_the_same(unit: str, indicator: str, expected: str | None) -> None:
    book = indicator_book()
    found = unit_of(RegisterTarget(kind="level", unit=unit, value=Decimal(1)), book.indicators[indicator])
    assert (None if found is None else found.id) == expected


def test_a_total_is_told_to_the_digit_in_any_unit() -> None:
    book = indicator_book()
    own = book.indicators["water_use_total"].versions[-1].unit
    for unit in ("m3", "万m3", "亿立方米"):
        target = RegisterTarget(kind="level", unit=unit, value=Decimal(1))
        found = unit_of(target, book.indicators["water_use_total"])
        assert found is not None
        told = found.from_base(own.to_base(Decimal("3.69515")))
        assert found.to_base(told) == Decimal("369515000")


def test_a_milestone_that_says_everywhere_asks_for_the_whole_of_a_share(published: PlanVersion) -> None:
    bare = {"indicator": "reclaimed_water_rate", "unit": "", "op": "=", "kind": "milestone", "value": None}
    asked = {**bare, "deadline": date(2024, 12, 31)}
    for quote, limit in (("实现全覆盖", Decimal(100)), ("全部利用", Decimal(100)), ("人均水平先进", None)):
        found = _judged(published, _reclaimed(y2024="99"), **asked, quote=quote)
        assert found.ask is not None and found.ask.limit == limit
        assert found.verdict.why is (Why.FINAL if limit else Why.NO_VALUE)
    whole = _judged(published, _reclaimed(y2024="100"), **asked, quote="实现全覆盖")
    assert whole.verdict.standing is Standing.MET


def test_a_part_of_the_city_is_judged_by_statistics_of_its_own(published: PlanVersion) -> None:
    asked = {**RECLAIMED, "kind": "level", "value": Decimal(22), "deadline": date(2024, 12, 31)}
    told = _reclaimed(y2024="30")
    unsaid = _judged(published, told, **asked, scope="城区")
    assert unsaid.problem == Problem.NO_SCOPE
    officer = make_account("says", Role.OFFICE_CLERK)
    say_scope(officer, published.plan.place_id, Said(words="城区", kind=ScopeKind.PART))
    missing = _judged(published, told, **asked, scope="城区")
    assert missing.verdict.missing and (missing.part, missing.place) == ("城区", published.plan.place)
    own = {
        (f"{fact}@城区", year): "20" if fact == "reclaimed_use" else value
        for (fact, year), value in told.items()
    }
    found = _judged(published, told | own, **asked, scope="城区")
    assert (found.seen.value, found.verdict.standing) == (Decimal(20), Standing.MISSED)
    say_scope(officer, published.plan.place_id, Said(words="城区", kind=ScopeKind.WHOLE))
    assert _judged(published, told | own, **asked, scope="城区").seen.value == Decimal(30)
