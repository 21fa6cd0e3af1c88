"""Queries on organisations."""

from __future__ import annotations

import pytest

from office import the_office
from services.making import settle_units, unit_named
from shuiheng.adapters.records.models import Account, PlanVersion, PublishedTarget
from shuiheng.adapters.records.queries_organisations import (
    OrganisationFilter,
    changes_of,
    district_candidates,
    named_units,
    open_match_counts,
    organisation_at,
    organisation_list,
    part_counts,
    parts_of,
    people_of,
    places_of,
    unit_counts,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.match_units import found_districts
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight


@pytest.fixture
def seen(officer: Account, published: PlanVersion) -> Sight:
    """What the officer sees, with all units confirmed."""
    settle_units(officer)
    return sight(officer, Action.ORGANISATIONS_EDIT)


@pytest.mark.parametrize("words", ["水利局", "qhsslj", "slj", "市水利局"])
def test_an_organisation_is_found_by_any_name_and_by_initials(seen: Sight, words: str) -> None:
    found = organisation_list(seen, OrganisationFilter(words=words))
    assert "青禾市水利局" in [each.name for each in found]


def test_no_other_organisation_is_found_by_these_words(seen: Sight) -> None:
    assert [each.name for each in organisation_list(seen, OrganisationFilter(words="农业 nync"))] == [
        "青禾市农业农村局"
    ]


def test_parts_are_counted_by_role(seen: Sight) -> None:
    unit = unit_named("青禾市水利局")
    assert part_counts(seen, [unit]) == {unit.pk: {"lead": 2, "joint": 2}}
    assert parts_of(seen, unit).count() == 4


def test_districts_with_targets_are_proposed_once(officer: Account, seen: Sight) -> None:
    place = the_office().place
    for scope, target in zip(("临泽区", "市区", "东港经开区"), PublishedTarget.objects.all(), strict=False):
        PublishedTarget.objects.filter(pk=target.pk).update(scope=scope)
    assert district_candidates(seen, place) == [("临泽区", 1), ("东港经开区", 1)]
    found_districts(officer, place.pk, ["临泽区"])
    assert district_candidates(seen, place) == [("东港经开区", 1)]
    assert [each.name for each in places_of(seen)] == ["青禾市", "临泽区"]


def test_units_come_with_their_spellings_and_counts(seen: Sight) -> None:
    place = the_office().place
    units = {unit.label: unit for unit in named_units(seen, place)}
    assert units["青禾市水利局"].spellings == ("市水利局",)
    assert units["青禾市水利局"].term == "water_resources"
    assert unit_counts(seen, place)["青禾市水利局"] == 4
    assert open_match_counts(seen) == {}


def test_one_organisation_comes_with_its_people_and_changes(officer: Account, seen: Sight) -> None:
    office = organisation_at(seen, the_office().slug)
    assert office is not None
    assert [each.account for each in people_of(office)] == [officer]
    assert changes_of(office) == []
    assert organisation_at(seen, "nowhere") is None
