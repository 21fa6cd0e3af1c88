"""An official figure is judged by itself and by today; what cannot be read is broken and not an error."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import make_account
from services.indicators.test_release_figure import FACTS, _correct, _release
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import (
    Account,
    Figure,
    KeptStanding,
    Place,
    PlanVersion,
    RegisterTarget,
    Role,
)
from shuiheng.indicators.figure_content import content_digest
from shuiheng.services.indicators.figure_tree import figure_tree
from shuiheng.services.indicators.figure_verdicts import is_whole, judge_figures, stored_of, value_of
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.release_figure import release_standing, standing_figure_content

pytestmark = pytest.mark.django_db


def test_a_hundred_corrections_leave_the_figure_and_each_difference_is_told(officer: Account) -> None:
    place = officer.memberships.get().organisation.place
    enter(place.pk, officer, **FACTS)
    row = _release(make_account("leader", Role.OFFICE_LEADER), place.pk)
    kept, digest = row.content["value"], row.digest
    for number in range(100):
        _correct(officer, place.pk, Decimal(1000 + number))
    row = Figure.objects.get(pk=row.pk)
    assert is_whole(row)
    assert (row.content["value"], row.digest) == (kept, digest)
    (verdict,) = judge_figures([row])
    assert verdict.difference is not None
    (change,) = verdict.difference.changes
    assert change.before is not None and change.after is not None
    assert (change.before.value, change.after.value) == (Decimal("1213.7"), Decimal(1099))
    assert change.effect == verdict.difference.by


def _standing(city: Place, on: date) -> KeptStanding:
    keep_standings(city, on)
    return KeptStanding.objects.get(target__metric__contains="用水总量", is_share=False)


def test_a_target_of_an_earlier_year_is_held_against_that_year(
    published: PlanVersion, officer: Account
) -> None:
    city = published.plan.place
    years = {
        f"{name}_{year}": Decimal(value + year)
        for year in (2024, 2025)
        for name, value in (("use_total", 20_000), ("unconventional_use", 500), ("ecological_use", 100))
    }
    enter(city.pk, officer, **years)
    row = _standing(city, date(2025, 6, 1))
    leader = make_account("leader", Role.OFFICE_LEADER)
    figure = release_standing(leader, row.pk, digest=content_digest(standing_figure_content(row)))
    assert figure.up_to == date(2024, 12, 31)
    later = _standing(city, date(2026, 6, 1))
    assert later.up_to == date(2025, 12, 31)
    (verdict,) = judge_figures([figure])
    assert verdict.is_same  # a year has gone by; no fact of 2024 was corrected
    fields = StatisticFields(fact="use_total", year=2024, value=Decimal(23_000), source="青禾市公报")
    (entered,) = enter_statistics(officer, city.pk, [fields])
    decide_statistics(Account.objects.get(username="confirms"), [entered.pk], is_confirmed=True)
    (verdict,) = judge_figures([figure])
    assert verdict.difference is not None and not verdict.is_same
    assert [change.key.fact for change in verdict.difference.changes] == ["use_total"]
    assert verdict.difference.changes[0].effect == verdict.difference.by != 0
    assert verdict.working == verdict.difference.after


def test_a_target_that_is_no_longer_in_the_plan_is_unknown_today(
    published: PlanVersion, officer: Account
) -> None:
    city = published.plan.place
    enter(city.pk, officer, use_total_2024=Decimal(22_000), unconventional_use_2024=Decimal(500))
    row = _standing(city, date(2025, 6, 1))
    if row.value is None:
        enter(city.pk, officer, ecological_use_2024=Decimal(100))
        row = _standing(city, date(2025, 6, 1))
    leader = make_account("leader", Role.OFFICE_LEADER)
    figure = release_standing(leader, row.pk, digest=content_digest(standing_figure_content(row)))
    KeptStanding.objects.filter(pk=row.pk).update(up_to=date(2023, 12, 31))
    RegisterTarget.objects.filter(pk=row.target_id).update(withdrawn_at=figure.released_at)
    (verdict,) = judge_figures([figure])
    assert (verdict.working, verdict.difference, verdict.is_whole) == (None, None, True)


def test_what_cannot_be_read_is_broken() -> None:
    broken = Figure(subject="indicator:gone", content={"format": "other", "value": "1"}, digest="")
    assert not is_whole(broken)
    assert stored_of(broken.content) is None
    assert value_of(broken.content) == 1
    assert figure_tree(broken).value is None
