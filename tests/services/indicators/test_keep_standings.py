"""What was judged is kept once for each target and place; judging again changes nothing but the time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import (
    Account,
    KeptStanding,
    PlanVersion,
    RegisterTarget,
    StandingTurn,
)
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactBook, FactFigure, FactKey
from shuiheng.services.found_city import found_city
from shuiheng.services.indicators import judging_desk
from shuiheng.services.indicators.keep_standings import RENEWED, keep_standings, last_turns
from shuiheng.services.set_share import set_shares

pytestmark = pytest.mark.django_db
ON, LATER = date(2026, 6, 1), date(2026, 6, 2)
TURN = ("on", "target", "standing", "value")
FIELDS = tuple(name for name in RENEWED if name not in ("judged_at", "on"))
TOTAL = {"unconventional_use_2025": Decimal(1), "ecological_use_2025": Decimal(1)}


def _rows() -> list[dict[str, object]]:
    return list(KeptStanding.objects.order_by("target", "place").values("target", "place", *FIELDS))


def test_each_target_is_kept_once_and_again_the_same(published: PlanVersion) -> None:
    city = published.plan.place
    keep_standings(city, ON)
    first, turns = _rows(), StandingTurn.objects.count()
    assert len(first) == RegisterTarget.objects.filter(withdrawn_at__isnull=True).count() == turns
    assert keep_standings(city, ON) == 0 and _rows() == first
    assert keep_standings(city, LATER) == 0 and StandingTurn.objects.count() == turns


def test_a_change_keeps_what_was_before_and_since_when(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    keep_standings(city, ON)
    enter(city.pk, officer, use_total_2025=Decimal(33000), **TOTAL)
    assert keep_standings(city, LATER) == 1
    row = KeptStanding.objects.get(target__metric__contains="用水总量")
    assert (row.before, row.standing, row.since) == ("unknown", "at_risk", LATER)
    assert row.value in (Decimal(329_990_000), Decimal(330_000_000))
    assert {each["fact"] for each in row.content["facts"]} >= {"use_total"}
    turns = StandingTurn.objects.filter(target=row.target).order_by("on")
    assert [(turn.on, turn.standing) for turn in turns] == [(ON, "unknown"), (LATER, "at_risk")]
    assert last_turns(city, up_to=ON)[row.target_id, row.place_id].standing == "unknown"


def test_a_day_before_changes_nothing(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    keep_standings(city, LATER)
    first = _rows()
    enter(city.pk, officer, use_total_2025=Decimal(33000), **TOTAL)
    assert keep_standings(city, ON) == 0
    assert _rows() == first and not StandingTurn.objects.filter(on=ON).exists()


def test_a_target_that_was_withdrawn_is_no_longer_kept(published: PlanVersion) -> None:
    city = published.plan.place
    keep_standings(city, ON)
    gone = KeptStanding.objects.first()
    assert gone is not None
    RegisterTarget.objects.filter(pk=gone.target_id).update(withdrawn_at="2026-06-01T00:00:00+00:00")
    keep_standings(city, ON)
    assert not KeptStanding.objects.filter(target=gone.target_id).exists()


def test_the_share_of_a_district_is_kept_beside_its_city(published: PlanVersion, officer: Account) -> None:
    city = published.plan.place
    district = city.children.create(name="临江区", kind="district", slug="share-district")
    target = RegisterTarget.objects.get(metric__contains="用水总量")
    set_shares(officer, target.pk, {district.pk: Decimal(100_000_000)})
    enter(district.pk, officer, use_total_2025=Decimal(12000), **TOTAL)
    keep_standings(city, ON)
    row = KeptStanding.objects.get(target=target, place=district)
    assert row.is_share and row.content["ask"]["limit"] == "100000000"
    assert row.value is not None and row.standing == "at_risk"
    assert not KeptStanding.objects.get(target=target, place=city).is_share


def _book(value: str) -> FactBook:
    """Return what is known of a place whose total of 2025 is a value in 万m³."""
    kinds = indicator_book().facts
    told = {"use_total": Decimal(value), "unconventional_use": Decimal(1), "ecological_use": Decimal(1)}
    figures = {FactKey(fact, 2025): FactFigure(value=each, origin="made") for fact, each in told.items()}
    return FactBook(kinds=kinds, figures=figures)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    days=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["31000", "32000", "33000"])), min_size=1, max_size=4
    )
)
def test_any_order_of_changes_and_days_tells_the_same(
    published: PlanVersion, days: list[tuple[int, str]]
) -> None:
    """Judged after each change or only at the end of each day: since and before are the same."""
    city, told = published.plan.place, []
    for is_often in (True, False):
        KeptStanding.objects.all().delete()
        StandingTurn.objects.all().delete()
        on = ON
        for place, (gap, value) in enumerate(days):
            on += timedelta(days=gap)
            is_last_of_day = place + 1 == len(days) or days[place + 1][0] > 0
            if is_often or is_last_of_day:
                with patch.object(judging_desk, "fact_books", return_value={city.pk: _book(value)}):
                    keep_standings(city, on)
        told.append((_plain(), list(StandingTurn.objects.order_by("on", "pk").values_list(*TURN))))
    assert told[0] == told[1]


def _plain() -> list[tuple[object, ...]]:
    names = ("target", "standing", "why", "value", "before", "since")
    return list(KeptStanding.objects.order_by("target", "place").values_list(*names))


def test_a_city_without_targets_keeps_nothing() -> None:
    city = found_city("空城", slug="empty-city").place
    assert keep_standings(city, ON) == 0 and not KeptStanding.objects.filter(city=city).exists()
