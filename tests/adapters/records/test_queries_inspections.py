"""Draws are found by year, state and words; names are told as far as a reader sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from services.inspections.made_up import InspectedCity, city  # noqa: F401  used by name
from shuiheng.adapters.records.models import Check
from shuiheng.adapters.records.queries_inspections import (
    DrawFilter,
    draw_counts,
    draw_list,
    draw_years,
    inspection_items,
    inspectors,
    last_checked,
    names_of,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_draws_are_filtered_and_counted(city: InspectedCity) -> None:  # noqa: F811  the fixture
    seen = sight(city.leader, Action.INSPECTIONS_LOOK)
    first, other = city.plan(title="工业抽查"), city.plan(title="学校抽查", year=2027)
    assert list(draw_list(seen, DrawFilter(words="工业"))) == [first]
    assert list(draw_list(seen, DrawFilter(year=2027, state="draft"))) == [other]
    assert list(draw_list(seen, DrawFilter(state="void"))) == []
    assert draw_years(seen) == [2027, 2026]
    assert draw_counts(seen, None)["draft"] == 2 and draw_counts(seen, 2026)["drawn"] == 0


def test_registers_hold_on_a_day(city: InspectedCity) -> None:  # noqa: F811  the fixture
    seen = sight(city.leader, Action.INSPECTIONS_LOOK)
    assert inspectors(seen, on=city.today).count() == 3
    assert inspectors(seen, on=date(2025, 12, 31)).count() == 0
    assert inspectors(seen, words="吴").get() == city.inspectors[1]
    assert inspection_items(seen, on=date(2025, 12, 31)).count() == 0
    assert inspection_items(seen).get() == city.item


def test_names_and_last_checks_are_told_by_number(city: InspectedCity) -> None:  # noqa: F811  the fixture
    seen, user = sight(city.leader, Action.INSPECTIONS_LOOK), city.users[0]
    named = names_of(seen, [f"U{user.pk}", "U0", "P1", "J1"], city.today)
    assert [each.name for each in named.values()] == ["甲厂"]
    given = {"place": city.metered.place, "area": city.metered.place, "user": user, "subject": "甲厂"}
    given |= {"made_by": city.clerk, "made_at": timezone.now()}
    Check.objects.create(**given, recorded_on=date(2026, 2, 1), state="recorded")
    Check.objects.create(**given, recorded_on=date(2026, 3, 1), state="void")
    Check.objects.create(**given)
    assert last_checked(seen, city.today) == {f"U{user.pk}": date(2026, 2, 1)}
    assert last_checked(seen, date(2026, 1, 31)) == {}
