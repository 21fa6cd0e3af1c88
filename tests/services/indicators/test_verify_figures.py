"""Every figure is computed again each day; what was altered or has changed since is told, nothing mended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache

from office import make_account
from services.indicators.test_release_figure import FACTS, PER_GDP, _correct
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import (
    Account,
    Event,
    Figure,
    KeptStanding,
    PlanVersion,
    PublicEdition,
    Role,
)
from shuiheng.indicators.figure_content import content_digest
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.release_figure import release_indicator
from shuiheng.services.indicators.verify_figures import VERIFIED, verify_all, verify_daily, verify_figures
from shuiheng.services.indicators.working_figure import working_figure
from shuiheng.services.publication.gather_edition import gather_edition

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


def test_a_published_number_that_is_not_that_of_its_figure_is_found(figure: Figure) -> None:
    content = gather_edition(figure.city, date(2026, 6, 1))
    by = {"drafted_by": figure.released_by, "drafted_at": figure.released_at}
    edition = PublicEdition.objects.create(
        place=figure.city,
        number=1,
        on=date(2026, 6, 1),
        content=content,
        digest=content_digest(content),
        **by,
    )
    found = verify_figures(figure.city)
    assert (found.published, found.broken_editions) == (1, ())
    content["figures"][0]["value"] = "1"
    PublicEdition.objects.filter(pk=edition.pk).update(content=content, digest=content_digest(content))
    assert verify_figures(figure.city).broken_editions == (edition.pk,)
    PublicEdition.objects.filter(pk=edition.pk).update(digest="0" * 64)
    assert verify_figures(figure.city).broken_editions == (edition.pk,)


def test_a_fact_that_leads_to_nothing_is_an_orphan(figure: Figure) -> None:
    row = KeptStanding.objects.filter(value__isnull=False, served_by="indicator").first()
    assert row is not None
    row.content["made_of"]["figure"]["facts"][0]["origin"] = "statistic:987654321"
    KeptStanding.objects.filter(pk=row.pk).update(content=row.content)
    found = verify_figures(figure.city)
    assert not found.holds
    assert [each.partition(":")[2] for each in found.orphans] == ["statistic:987654321"]


def test_a_content_with_strange_words_is_broken_and_stops_nothing(figure: Figure) -> None:
    for number, change in enumerate(
        ({"kinds": []}, {"value": "x"}, {"facts": [{"shares": {"guessed": "1"}}]})
    ):
        content = figure.content | change
        Figure.objects.create(
            place=figure.place,
            city=figure.city,
            subject=f"indicator:strange{number}",
            year=2024,
            up_to=figure.up_to,
            content=content,
            digest=content_digest(content),
            released_by=figure.released_by,
            released_at=figure.released_at,
        )
    assert len(verify_figures(figure.city).broken) == 3


def test_all_indicators_of_the_year_before_are_computed_twice(figure: Figure) -> None:
    assert verify_figures(figure.city, on=date(2025, 5, 1)).year_values >= 1
    assert verify_figures(figure.city, on=date(2020, 5, 1)).year_values == 0
