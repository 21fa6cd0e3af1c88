"""An official figure is kept whole, by a person who entered none of it, and only superseded with a cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from office import make_account
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import (
    Account,
    Event,
    Figure,
    KeptStanding,
    PlanVersion,
    Role,
    Statistic,
)
from shuiheng.indicators.figure_content import content_digest, recompute
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.indicators.figure_verdicts import corrections_of, is_whole, judge_figures
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.release_figure import (
    kept_facts,
    recompute_figure,
    release_indicator,
    release_standing,
    standing_figure_content,
)
from shuiheng.services.indicators.working_figure import Wanted, working_figure

pytestmark = pytest.mark.django_db
PER_GDP = Wanted(indicator="water_per_gdp", year=2024)
FACTS = {
    "use_total_2024": Decimal(30500),
    "unconventional_use_2024": Decimal(500),
    "gdp_2024": Decimal("1213.7"),
}


@pytest.fixture
def leader() -> Account:
    """Who releases."""
    return make_account("leader", Role.OFFICE_LEADER)


@pytest.fixture
def place(officer: Account) -> int:
    """A city with the facts of a year."""
    key = officer.memberships.get().organisation.place_id
    enter(key, officer, **FACTS)
    return int(key)


def _release(leader: Account, place: int, wanted: Wanted = PER_GDP, **named: str) -> Figure:
    found = working_figure(leader.memberships.get().organisation.place, wanted)
    return release_indicator(leader, place, wanted, digest=named.pop("digest", found.digest), **named)


def _correct(officer: Account, place: int, value: Decimal) -> None:
    fields = StatisticFields(fact="gdp", year=2024, value=value, source="青禾市统计公报")
    (row,) = enter_statistics(officer, place, [fields])
    decider = Account.objects.filter(username="decides").first()
    decider = decider or make_account("decides", Role.OFFICE_REVIEWER)
    decide_statistics(decider, [row.pk], is_confirmed=True)


def _code(work: object, *args: object, **named: object) -> str:
    with pytest.raises(ServiceError) as refused:
        work(*args, **named)  # type: ignore[operator]  # any service
    return refused.value.code


def test_a_released_value_computes_again_from_what_was_kept(leader: Account, place: int) -> None:
    row = Figure.objects.get(pk=_release(leader, place).pk)
    assert str(recompute(row.content)) == row.content["value"]
    assert row.content["value"].startswith("24.71780505891")
    assert is_whole(row)
    assert (row.unit, row.year, row.up_to) == ("m3_per_wan_yuan", 2024, date(2024, 12, 31))
    told = Event.objects.get(action="figures.released")
    assert told.after["digest"] == row.digest


def test_who_entered_a_fact_does_not_release_it(place: int, officer: Account) -> None:
    del officer
    entered = make_account("both", Role.OFFICE_LEADER)
    clerk = make_account("clerk", Role.OFFICE_CLERK)
    (row,) = enter_statistics(
        clerk, place, [StatisticFields(fact="gdp", year=2024, value=Decimal(1300), source="青禾市统计公报")]
    )
    decide_statistics(entered, [row.pk], is_confirmed=True)
    assert _release(entered, place).value is not None  # who confirmed may
    type(row).objects.filter(pk=row.pk).update(entered_by=entered, decided_by=clerk)
    assert _code(_release, entered, place, PER_GDP, cause="更正") in ("figures.own_entry",)


def test_nobody_without_the_right_releases(place: int) -> None:
    reviewer = make_account("only_reviews", Role.OFFICE_REVIEWER)
    with pytest.raises(NotPermittedError):
        _release(reviewer, place)


def test_a_value_that_changed_since_it_was_seen_is_not_released(leader: Account, place: int) -> None:
    assert _code(_release, leader, place, digest="0" * 64) == "figures.changed_meanwhile"


def test_what_is_missing_or_not_over_is_not_released(leader: Account, place: int) -> None:
    assert _code(_release, leader, place, replace(PER_GDP, year=2023)) == "figures.no_value"
    decline = Wanted(indicator="water_per_gdp_decline", year=2024)
    assert _code(_release, leader, place, decline) == "figures.no_base_year"


def test_a_later_figure_needs_its_cause_and_the_first_stays(
    leader: Account, officer: Account, place: int
) -> None:
    first = _release(leader, place)
    assert _code(_release, leader, place, cause="再发") == "figures.same"
    _correct(officer, place, Decimal(1250))
    assert _code(_release, leader, place) == "figures.cause_needed"
    second = _release(leader, place, cause="国内生产总值按公报更正")
    first.refresh_from_db()
    assert first.superseded_at is not None
    assert str(recompute_figure(first.content)) == first.content["value"]
    assert second.cause == "国内生产总值按公报更正"
    assert second.content["value"] == "24"


def test_an_official_figure_is_never_changed(leader: Account, place: int) -> None:
    row = _release(leader, place)
    with pytest.raises(DatabaseError), transaction.atomic():
        Figure.objects.filter(pk=row.pk).update(value=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Figure.objects.filter(pk=row.pk).delete()


def test_a_correction_shows_as_a_difference_with_who_and_when(
    leader: Account, officer: Account, place: int
) -> None:
    row = _release(leader, place)
    _correct(officer, place, Decimal(1250))
    (verdict,) = judge_figures([row])
    assert verdict.is_whole
    assert not verdict.is_same
    assert verdict.working == Decimal(24)
    assert verdict.difference is not None
    (change,) = verdict.difference.changes
    assert (change.key.fact, change.effect) == ("gdp", verdict.difference.by)
    rows = corrections_of(verdict.difference)
    assert change.after is not None
    assert rows[change.after.origin].entered_by == officer


def test_an_altered_content_is_found(leader: Account, place: int) -> None:
    row = _release(leader, place)
    row.content["facts"][0]["value"] = "1"
    assert not is_whole(row)


def test_the_value_of_a_target_is_released_as_it_was_judged(
    published: PlanVersion, leader: Account, officer: Account
) -> None:
    city = published.plan.place
    enter(
        city.pk,
        officer,
        use_total_2025=Decimal(30500),
        unconventional_use_2025=Decimal(500),
        ecological_use_2025=Decimal(100),
    )
    keep_standings(city, date(2026, 6, 1))
    standing = KeptStanding.objects.get(target__metric__contains="用水总量")
    digest = content_digest(standing_figure_content(standing))
    row = release_standing(leader, standing.pk, digest=digest)
    assert is_whole(Figure.objects.get(pk=row.pk))
    assert row.value == standing.value
    (verdict,) = judge_figures([row])
    assert verdict.is_same
    assert _code(release_standing, leader, standing.pk, digest=digest, cause="再发") == "figures.same"
    unknown = KeptStanding.objects.filter(value=None).first()
    assert unknown is not None
    assert _code(release_standing, leader, unknown.pk, digest="") == "figures.no_value"


def test_a_year_is_released_when_it_is_over_and_not_on_its_last_day(
    leader: Account, place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader.memberships.update(from_on=date(2020, 1, 1))
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(2024, 12, 31))
    assert _code(_release, leader, place) == "figures.year_open"
    monkeypatch.setattr(timezone, "localdate", lambda *given: date(2025, 1, 1))
    assert _release(leader, place).year == 2024


def test_who_entered_a_fact_of_either_year_does_not_release_a_rise(
    published: PlanVersion, leader: Account, officer: Account
) -> None:
    city = published.plan.place
    enter(city.pk, officer, **FACTS)
    kept = working_figure(city, PER_GDP).content
    side = {"by": "indicator", "figure": kept, "scale": "1", "unit": {}}
    content = {"made_of": {"by": "rise", "now": side, "before": side}}
    assert len(kept_facts(content)) == 2 * len(kept["facts"]) > 0
    keep_standings(city, date(2026, 6, 1))
    row = KeptStanding.objects.filter(place=city).first()
    assert row is not None
    row.content = row.content | {"value": "0", "made_of": content["made_of"]}
    row.up_to = date(2024, 12, 31)
    row.save()
    Statistic.objects.update(entered_by=leader, decided_by=officer)
    digest = content_digest(standing_figure_content(row))
    assert _code(release_standing, leader, row.pk, digest=digest) == "figures.own_entry"
    Statistic.objects.update(entered_by=officer, decided_by=leader)
    assert release_standing(leader, row.pk, digest=digest).value == 0
