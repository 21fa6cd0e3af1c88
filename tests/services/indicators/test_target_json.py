"""Targets with their standings, and official figures with their trees, as programs read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Figure, KeptStanding, PlanVersion, Role
from shuiheng.adapters.records.queries_api import api_targets
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.target_json import (
    figure_derivation_json,
    place_json,
    standing_json,
    target_json,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def test_a_target_comes_with_the_standings_that_may_be_seen(officer: Account, published: PlanVersion) -> None:
    keep_standings(the_office().place, DAY)
    register, figures = sight(officer, Action.REGISTER_LOOK), sight(officer, Action.FIGURES_LOOK)
    told = [target_json(row) for row in api_targets(register, standings=figures)]
    assert told and all(len(each["standings"]) == 1 for each in told)
    nobody = sight(Account.objects.create(username="nobody"), Action.FIGURES_LOOK)
    assert not any(target_json(row)["standings"] for row in api_targets(register, standings=nobody))
    assert not any(target_json(row)["standings"] for row in api_targets(register))


def test_exact_digits_are_told_and_an_unknown_value_is_null(published: PlanVersion) -> None:
    keep_standings(the_office().place, DAY)
    row = KeptStanding.objects.select_related("place").first()
    assert row is not None
    row.value, row.path = Decimal("11.9600"), None
    told = standing_json(row)
    assert (told["value"], told["path"]) == ("11.96", None)


def test_an_official_figure_whose_content_cannot_be_read_has_a_tree_without_value() -> None:
    place = the_office().place
    row = Figure.objects.create(
        place=place,
        city=place,
        subject="indicator:water_per_gdp",
        year=2025,
        up_to=date(2025, 12, 31),
        value=Decimal("45.20"),
        unit="m3_per_wan_yuan",
        digest="0" * 64,
        code_version="1",
        released_by=make_account("leader", Role.OFFICE_LEADER),
        released_at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    told = figure_derivation_json(row)
    assert (told["value"], told["is_superseded"], told["derivation"]["value"]) == ("45.2", False, None)


def test_a_place_tells_its_kind_and_what_it_lies_in() -> None:
    place = the_office().place
    assert place_json(place)["id"] == place.pk and place_json(place)["kind"] == place.kind
