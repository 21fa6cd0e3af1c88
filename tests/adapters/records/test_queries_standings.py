"""Standings come in the order of the plan, of targets in force only, as far as in sight."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from shuiheng.adapters.records.models import KeptStanding, PlanVersion, RegisterTarget, TaskParty
from shuiheng.adapters.records.queries_standings import (
    StandingFilter,
    days_of_turns,
    leads_of,
    parts_of,
    places_of_standings,
    released_values,
    standing_at,
    standing_counts_of,
    standing_of_targets,
    standings_in_sight,
    turns_of,
    turns_up_to,
    years_of_standings,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.indicators.keep_standings import keep_standings

pytestmark = pytest.mark.django_db


def test_standings_are_listed_and_filtered(published: PlanVersion, seen: Sight) -> None:
    keep_standings(published.plan.place, date(2026, 6, 1))
    rows = list(standings_in_sight(seen))
    assert [row.target.order for row in rows] == sorted(row.target.order for row in rows) and rows
    unknown = standings_in_sight(seen, StandingFilter(plan=published.plan.slug, standing="unknown"))
    assert {row.standing for row in unknown} == {"unknown"}
    assert not standings_in_sight(seen, StandingFilter(plan="no-plan")).exists()
    assert not standings_in_sight(seen, StandingFilter(city=0)).exists()
    RegisterTarget.objects.filter(pk=rows[0].target_id).update(withdrawn_at="2026-06-01T00:00:00+00:00")
    assert standings_in_sight(seen).count() == KeptStanding.objects.count() - 1


def test_standings_are_found_by_place_year_words_and_unit(published: PlanVersion, seen: Sight) -> None:
    keep_standings(published.plan.place, date(2026, 6, 1))
    city = str(published.plan.place_id)
    assert standings_in_sight(seen, StandingFilter(place=city)).count() == KeptStanding.objects.count()
    of_2026 = standings_in_sight(seen, StandingFilter(year="2026"))
    assert {row.target.deadline.year for row in of_2026 if row.target.deadline} == {2026}
    assert not standings_in_sight(seen, StandingFilter(year="none")).exists()
    assert standings_in_sight(seen, StandingFilter(words="漏损率")).count() == 1
    led = next(row for row in standings_in_sight(seen) if row.target.task_id)
    office = the_office()
    TaskParty.objects.create(task=led.target.task, organisation=office, role="lead", from_on=date(2026, 1, 1))
    own = standings_in_sight(seen, StandingFilter(unit=str(office.pk)))
    assert {row.target.task_id for row in own} == {led.target.task_id}
    assert leads_of(seen, [led]) == {led.target.task_id: [office.name]}
    assert standings_in_sight(seen, StandingFilter(unit="0")).count() == 0


def test_counts_days_and_places_of_standings_are_told(published: PlanVersion, seen: Sight) -> None:
    on = date(2026, 6, 1)
    keep_standings(published.plan.place, on)
    counts = standing_counts_of(seen, StandingFilter(plan=published.plan.slug))
    assert sum(counts.values()) == KeptStanding.objects.count()
    assert list(days_of_turns(seen, None)) == [on] == list(days_of_turns(seen, published.plan.place_id))
    assert [place.pk for place in places_of_standings(seen)] == [published.plan.place_id]
    assert years_of_standings(seen) == [2026, 2027]
    row = standings_in_sight(seen)[0]
    assert standing_at(seen, row.pk) == row and standing_at(seen, 0) is None
    assert standing_of_targets(seen, {row.target_id})[row.target_id].standing == row.standing
    assert [turn.on for turn in turns_of(seen, row)] == [on]
    assert turns_up_to(seen, date(2026, 5, 31), {row.target_id}) == {}
    assert set(turns_up_to(seen, on, {row.target_id})) == {(row.target_id, row.place_id)}
    assert released_values(seen, row) == [] and parts_of(seen, row) == []
    assert set(leads_of(seen, [row])) <= {row.target.task_id}
