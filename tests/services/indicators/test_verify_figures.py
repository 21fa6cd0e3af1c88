"""Every figure is computed again each day; what was altered or has changed since is told, nothing mended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache

from office import make_account
from services.indicators.test_release_figure import FACTS, PER_GDP, _correct
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, Event, Figure, KeptStanding, PlanVersion, Role
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.release_figure import release_indicator
from shuiheng.services.indicators.verify_figures import VERIFIED, verify_all, verify_daily, verify_figures
from shuiheng.services.indicators.working_figure import working_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure(published: PlanVersion, officer: Account) -> Figure:
    """An official figure of a city with a plan that is judged."""
    city = published.plan.place
    newest = {name.replace("2024", "2025"): value for name, value in FACTS.items()}
    enter(city.pk, officer, **FACTS, **newest)
    keep_standings(city, date(2026, 6, 1))
    leader = make_account("leader", Role.OFFICE_LEADER)
    digest = working_figure(city, PER_GDP).digest
    return release_indicator(leader, city.pk, PER_GDP, digest=digest)


def test_all_figures_of_a_city_compute_again(figure: Figure) -> None:
    found = verify_figures(figure.city)
    assert found.holds
    assert (found.figures, found.changed) == (1, ())
    assert found.standings == KeptStanding.objects.filter(value__isnull=False).count() > 0
    told = Event.objects.get(action=VERIFIED)
    assert (told.actor, told.after["figures"], told.after["broken"]) == (None, 1, [])


def test_a_correction_makes_a_figure_changed_and_not_broken(figure: Figure, officer: Account) -> None:
    _correct(officer, figure.place_id, Decimal(1250))
    found = verify_figures(figure.city)
    assert found.holds
    assert found.changed == (figure.pk,)


def test_a_standing_whose_inputs_were_altered_is_found(figure: Figure) -> None:
    row = KeptStanding.objects.filter(value__isnull=False, served_by="indicator").first()
    assert row is not None
    row.content["made_of"]["figure"]["facts"][0]["value"] = "1"
    KeptStanding.objects.filter(pk=row.pk).update(content=row.content)
    found = verify_figures(figure.city)
    assert not found.holds
    assert found.broken_standings == (row.pk,)


def test_a_day_is_verified_once(figure: Figure) -> None:

    cache.clear()
    verify_daily(date(2026, 6, 1))
    verify_daily(date(2026, 6, 1))
    assert Event.objects.filter(action=VERIFIED, place=figure.city).count() == 1
    verify_daily(date(2026, 6, 2))
    assert Event.objects.filter(action=VERIFIED, place=figure.city).count() == 2


def test_a_site_without_figures_has_nothing_to_verify(db: None) -> None:
    assert verify_all() == []
