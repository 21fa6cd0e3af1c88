"""An analyst reads the same tables from a folder and from a site; what is not known is null."""

from __future__ import annotations

import pytest
from django.conf import settings

import shuiheng
from office import the_office
from shuiheng.adapters.records.models import KeptStanding, RegisterTarget
from shuiheng.notebook import City, open_city

pytestmark = pytest.mark.django_db


def test_the_package_opens_a_city_without_importing_it_before() -> None:
    assert shuiheng.open is open_city
    with pytest.raises(AttributeError):
        _ = shuiheng.close


def test_a_site_needs_a_token_and_a_folder_an_account() -> None:
    with pytest.raises(ValueError, match="token"):
        shuiheng.open("https://water.example.cn")
    with pytest.raises(ValueError, match="account"):
        shuiheng.open(settings.STATE)


def test_both_ways_tell_the_same(local: City, remote: City) -> None:
    assert local.places().to_pylist() == remote.places().to_pylist()
    assert local.indicators().to_pylist() == remote.indicators().to_pylist()
    of = "indicator:water_per_gdp"
    one, other = (city.series(of, first=2023, last=2024) for city in (local, remote))
    assert one.to_pylist() == other.to_pylist()
    keys = ("id", "place_name", "standing", "value_exact", "missing", "wanted", "deadline")
    mine, theirs = (
        [[row[key] for key in keys] for row in city.targets().to_pylist()] for city in (local, remote)
    )
    assert mine == theirs


def test_every_target_has_a_row_with_its_standing(local: City) -> None:
    rows = local.targets().to_pylist()
    assert {row["id"] for row in rows} == set(RegisterTarget.objects.values_list("pk", flat=True))
    unknown = [row for row in rows if row["standing"] == "unknown" and not row["value_exact"]]
    assert unknown and all(row["value"] is None for row in unknown)


def test_a_target_that_was_never_judged_has_a_row_without_standing(local: City) -> None:
    KeptStanding.objects.all().delete()
    assert {row["standing"] for row in local.targets().to_pylist()} == {None}
    assert local.targets("no-such-plan").num_rows == 0


def test_a_series_names_what_is_missing(local: City) -> None:
    before, now = local.series("indicator:water_per_gdp", first=2023, last=2024).to_pylist()
    assert before["value"] is None and "gdp:2023" in before["missing"]
    assert (now["value"], now["missing"]) == (50.0, "")


def test_a_place_is_found_by_name_slug_or_key(local: City) -> None:
    place = the_office().place
    tables = [local.series("fact:gdp", place=each, last=2024) for each in (place.name, place.slug, place.pk)]
    assert [table.num_rows for table in tables] == [1, 1, 1]
    with pytest.raises(LookupError):
        local.series("fact:gdp", place="远山市")
