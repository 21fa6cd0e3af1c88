"""The demo city has an edition for readers, and a second loading adds none."""

from __future__ import annotations

from datetime import date

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import PlanVersion, PublicEdition, Role
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.publication.demo_edition import settle_demo_edition
from shuiheng.services.publication.read_edition import public_edition

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("published")
def test_an_edition_is_published_once() -> None:
    city = the_office().place
    assert not settle_demo_edition(city), "nobody is there to draft it"
    make_account("reviewer", Role.OFFICE_REVIEWER)
    make_account("leader", Role.OFFICE_LEADER)
    keep_standings(city, date(2026, 6, 30))
    assert settle_demo_edition(city)
    first = public_edition(city)
    assert not settle_demo_edition(city)
    assert first is not None and public_edition(city) == first
    assert PublicEdition.objects.filter(state="published").count() == 1


def test_a_city_without_standings_tells_nothing(published: PlanVersion) -> None:
    make_account("reviewer", Role.OFFICE_REVIEWER)
    make_account("leader", Role.OFFICE_LEADER)
    assert not settle_demo_edition(the_office().place)
