"""A series tells what is known of a place year by year, and names what is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Figure, Role
from shuiheng.services.errors import NotPermittedError, NotThereError
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.series import SeriesWanted, series_of

pytestmark = pytest.mark.django_db
YEAR = 2024


@pytest.fixture
def clerk() -> Account:
    """A clerk of an office that has confirmed figures of two years."""
    account = make_account("clerk", Role.OFFICE_CLERK)
    values = {"gdp": "100", "use_total": "5000", "unconventional_use": "0", "gdp_index": "105"}
    rows = enter_statistics(
        account,
        the_office().place_id,
        [
            StatisticFields(fact=fact, year=year, value=Decimal(value), source="年鉴")
            for fact, value in values.items()
            for year in (YEAR - 1, YEAR)
        ],
    )
    second = make_account("second", Role.OFFICE_REVIEWER)
    decide_statistics(second, [row.pk for row in rows], is_confirmed=True)
    return account


def test_an_indicator_is_told_for_every_year_that_is_asked_for(clerk: Account) -> None:
    wanted = SeriesWanted(of="indicator:water_per_gdp", first=YEAR - 2, last=YEAR)
    told = series_of(clerk, wanted)["points"]
    assert [(each["period"], each["value"] and Decimal(each["value"])) for each in told] == [
        (str(YEAR - 2), None),
        (str(YEAR - 1), Decimal(50)),
        (str(YEAR), Decimal(50)),
    ]


def test_what_needs_a_base_year_says_so_and_is_told_with_one(clerk: Account) -> None:
    of = "indicator:water_per_gdp_decline"
    (without,) = series_of(clerk, SeriesWanted(of=of, first=YEAR, last=YEAR))["points"]
    assert (without["value"], without["problem"]) == (None, "no_base_year")
    (told,) = series_of(clerk, SeriesWanted(of=of, first=YEAR, last=YEAR, base_year=YEAR - 1))["points"]
    assert Decimal(told["value"]) > 0
    choices = {"total": "nothing"}
    wanted = SeriesWanted(of="indicator:water_per_gdp", first=YEAR, last=YEAR, choices=choices)
    assert series_of(clerk, wanted)["points"][0]["problem"] == "no_choice"


def test_before_its_first_version_an_indicator_is_not_defined(clerk: Account) -> None:
    (told,) = series_of(clerk, SeriesWanted(of="indicator:water_per_gdp", first=1950, last=1950))["points"]
    assert (told["value"], told["problem"]) == (None, "not_defined")


def test_a_released_figure_stands_beside_the_working_value_and_is_not_mixed_with_it(clerk: Account) -> None:
    place = the_office().place
    leader = make_account("leader", Role.OFFICE_LEADER)
    row = Figure.objects.create(
        place=place,
        city=place,
        subject="indicator:water_per_gdp",
        year=YEAR,
        up_to=f"{YEAR}-12-31",
        value=Decimal(49),
        unit="m3_per_wan_yuan",
        digest="0" * 64,
        code_version="1",
        released_by=leader,
        released_at="2025-02-01T00:00:00Z",
    )
    (told,) = series_of(clerk, SeriesWanted(of="indicator:water_per_gdp", first=YEAR, last=YEAR))["points"]
    assert Decimal(told["value"]) == 50
    assert (told["official"]["figure"], Decimal(told["official"]["value"])) == (row.pk, Decimal(49))


def test_a_fact_that_the_calendar_tells_is_a_series_too(clerk: Account) -> None:
    told = series_of(clerk, SeriesWanted(of="fact:days_of_year", first=YEAR, last=YEAR))["points"]
    assert [(each["period"], each["value"], each["origin"]) for each in told] == [
        (str(YEAR), "366", "calendar")
    ]


def test_who_may_not_read_figures_reads_no_series(clerk: Account) -> None:
    nobody = Account.objects.create(username="nobody")
    with pytest.raises(NotPermittedError):
        series_of(nobody, SeriesWanted(of="fact:gdp"))
    with pytest.raises(NotThereError):
        series_of(clerk, SeriesWanted(of="fact:nothing"))
    with pytest.raises(NotThereError):
        series_of(clerk, SeriesWanted(of="use:more"))
