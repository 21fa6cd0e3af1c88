"""Cases under way raise the odds; what nobody can reach has none, and the last day to act is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators.odds.test_chance import ask
from services.cases.made_up import CaseCity, bring_on
from shuiheng.adapters.records.models import Place, PlanVersion, RegisterTarget, TargetOdds
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.indicators.verdict import Standing, TargetVerdict, Why
from shuiheng.kernel.comparison import Comparison
from shuiheng.programmes.case import Phase
from shuiheng.programmes.counting import Count
from shuiheng.programmes.kind import CountWay
from shuiheng.programmes.tally import CaseTally, PhaseChange
from shuiheng.programmes.target_counting import TargetQuestion
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases.count_target import CountingDesk, TargetCount
from shuiheng.services.cases.link_json import HowCounted
from shuiheng.services.cases.link_targets import LinkedTarget
from shuiheng.services.cases.target_districts import Districts, Meant
from shuiheng.services.indicators.found_odds import FoundOdds
from shuiheng.services.indicators.judged_parts import ServedBy
from shuiheng.services.indicators.odds_of_counts import odds_of_count
from shuiheng.services.indicators.odds_of_targets import keep_odds
from shuiheng.services.indicators.target_standing import TargetStanding

METRIC, TODAY = "节水型企业", date(2026, 6, 1)


def odds(published: PlanVersion) -> TargetOdds:
    """Compute the odds of today and return those of the enterprises."""
    keep_odds(published.plan.place, timezone.localdate())
    return TargetOdds.objects.get(target__metric__contains=METRIC)


def in_a_year(value: int) -> None:
    """Let the target ask for so many within a year from now."""
    deadline = timezone.localdate() + timedelta(days=360)
    RegisterTarget.objects.filter(metric__contains=METRIC).update(value=value, deadline=deadline)


@pytest.mark.django_db
def test_cases_that_can_still_be_done_are_counted(city: CaseCity, published: PlanVersion) -> None:
    in_a_year(6)
    for number in range(4):
        bring_on(city, city.open("saving_enterprise", f"甲{number}厂"))
    alone = odds(published)
    assert alone.chance is not None and alone.content["way"] == "cases" and alone.content["cases"] == 4
    for number in range(4):
        bring_on(city, city.open("saving_enterprise", f"乙{number}厂"), until="application")
    more = odds(published)
    assert more.chance is not None and more.chance > alone.chance
    assert more.content["under_way"] == 4
    assert more.low is not None and more.high is not None and more.low <= more.chance <= more.high
    assert more.act_by is None or more.act_by <= timezone.localdate() + timedelta(days=360)
    in_a_year(100_000)
    assert odds(published).chance == 0


@pytest.mark.django_db
def test_what_is_reached_already_is_sure(city: CaseCity, published: PlanVersion) -> None:
    in_a_year(1)
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    found = odds(published)
    assert found.chance == 1 or found.why == "final"


def tally(number: int, *changes: tuple[Phase, date]) -> CaseTally:
    """Return what is kept of a case that had these phases."""
    return CaseTally(
        case=str(number),
        subject=str(number),
        district="",
        aimed="",
        phases=tuple(PhaseChange(phase=phase, on=on) for phase, on in changes),
        levels=(),
        spans={},
        amounts={},
    )


def of_year(year: int, *, way: CountWay | None, limit: str) -> FoundOdds:
    """Return the odds of a count of pipes renewed by the end of a year; each takes 300 days."""
    opened = [date(2024, 1, 1) + timedelta(days=15 * number) for number in range(58)]
    tallies = [
        tally(
            number, (Phase.PLANNED, day), (Phase.UNDER_WAY, day), (Phase.REACHED, day + timedelta(days=300))
        )
        if day + timedelta(days=300) <= TODAY
        else tally(number, (Phase.PLANNED, day), (Phase.UNDER_WAY, day))
        for number, day in enumerate(opened)
    ]
    counting = CountingDesk(
        city=Place(pk=7),
        on=TODAY,
        kinds=shipped_programmes(),
        districts=Districts(city="7", names={}, above={}),
        tallies={"pipe_renewal": tallies},
    )
    question = TargetQuestion(served=(Served(kind="pipe_renewal", counting="accepted"),), way=way)
    target = RegisterTarget(pk=1)
    linked = LinkedTarget(target=target, proposed=HowCounted(question=question), choice=None)
    counted = TargetCount(linked=linked, on=TODAY, count=Count(cases=()), factor=Decimal(1), meant=Meant())
    found = TargetStanding(
        target=target,
        linked=linked,
        place=Place(pk=7),
        on=TODAY,
        served_by=ServedBy.COUNT,
        verdict=TargetVerdict(standing=Standing.AT_RISK, why=Why.PATH),
        ask=replace(ask(Comparison.AT_LEAST, limit), deadline=date(year, 12, 31)),
    )
    return odds_of_count(counting, found, counted)


def test_of_a_year_that_has_not_begun_counts_what_is_done_in_it() -> None:
    later = of_year(2027, way=CountWay.IN_YEAR, limit="6")
    whole = of_year(2027, way=CountWay.CUMULATIVE, limit="6")
    assert later.odds is not None and whole.odds is not None and later.act_by is None
    assert later.odds.quantiles[1] < whole.odds.quantiles[1]
    assert 0 < later.odds.probability <= whole.odds.probability
    least = later.odds.by_model["past_days.alone"].probability
    assert least < later.odds.by_model["past_days.going"].probability


def test_the_usual_way_of_a_count_is_asked_where_the_target_names_none() -> None:
    usual, summed = (of_year(2027, way=way, limit="6").odds for way in (None, CountWay.CUMULATIVE))
    assert usual is not None and usual == summed
