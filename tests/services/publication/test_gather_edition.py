"""An edition tells official values only; of everything else it says that it is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Figure, KeptStanding, PlanVersion, Role
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.publication.gather_edition import Json, gather_edition

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
LAST = date(2025, 12, 31)


@pytest.fixture(autouse=True)
def judged(published: PlanVersion) -> None:
    """A city with a published plan whose targets were judged."""
    keep_standings(the_office().place, DAY)


def _standing(word: str, **changed: object) -> KeptStanding:
    row = KeptStanding.objects.filter(target__metric__contains=word).first()
    assert row is not None
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    return row


def _release(subject: str, value: str, *, exact: str | None = None) -> Figure:
    city = the_office().place
    return Figure.objects.create(
        place=city,
        city=city,
        subject=subject,
        year=2025,
        up_to=LAST,
        value=Decimal(value),
        unit="percent",
        content={} if exact is None else {"value": exact},
        digest="0" * 64,
        code_version="1",
        released_by=make_account("leader", Role.OFFICE_LEADER),
        released_at=datetime(2026, 2, 1, 4, tzinfo=UTC),
    )


def _told(word: str) -> Json:
    content = gather_edition(the_office().place, DAY)
    (found,) = (each for each in content["targets"] if word in each["metric"])
    return dict(found)


def test_a_working_value_is_not_told() -> None:
    _standing("漏损率", served_by="indicator", standing="met", value=Decimal("8.5"), up_to=LAST)
    told = _told("漏损率")
    assert (told["value"], told["standing"], told["source"]) == (None, "unknown", "nothing")


def test_a_released_figure_is_told_with_its_day_and_standing() -> None:
    row = _standing("漏损率", served_by="indicator", standing="met", value=Decimal("8.5"), up_to=LAST)
    figure = _release(f"target:{row.target_id}", "8.5")
    told = _told("漏损率")
    assert (told["value"], told["up_to"], told["released_on"]) == ("8.5", "2025-12-31", "2026-02-01")
    assert (told["standing"], told["figure"], told["source"]) == ("met", figure.pk, "figure")


def test_a_standing_that_was_judged_by_another_value_is_not_told() -> None:
    row = _standing("漏损率", served_by="indicator", standing="missed", value=Decimal("9.9"), up_to=LAST)
    _release(f"target:{row.target_id}", "8.5")
    told = _told("漏损率")
    assert (told["value"], told["standing"]) == ("8.5", "unknown")


def test_a_count_of_cases_is_told_as_such() -> None:
    _standing("节水型企业", served_by="count", standing="at_risk", value=Decimal(3), up_to=DAY)
    told = _told("节水型企业")
    assert (told["value"], told["standing"], told["source"]) == ("3", "at_risk", "cases")


def test_a_released_indicator_comes_with_its_definition_and_unit() -> None:
    _release("indicator:water_per_gdp", "45")
    content = gather_edition(the_office().place, DAY)
    (told,) = content["figures"]
    assert (told["definition"], told["value"], told["year"]) == ("water_per_gdp", "45", 2025)
    assert content["definitions"]["water_per_gdp"]["versions"][0]["clauses"]


def test_the_summary_counts_every_target_once() -> None:
    content = gather_edition(the_office().place, DAY)
    assert sum(content["summary"].values()) == len(content["targets"]) > 0


def test_a_value_with_many_digits_is_the_released_one_although_the_column_keeps_fewer() -> None:
    exact = "8.33333333333333333333"
    row = _standing("漏损率", served_by="indicator", standing="met", value=Decimal(exact), up_to=LAST)
    row.content = {**row.content, "value": exact}
    row.save()
    _release(f"target:{row.target_id}", "8.3333333333", exact=exact)
    assert _told("漏损率")["standing"] == "met"
