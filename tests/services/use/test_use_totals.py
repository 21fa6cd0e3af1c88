"""Groups stand beside the year before and their permits, and nothing is compared that is not known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metered_city import BELIEVED, FIRST, MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import Account, Permit, PermitFact, WaterSource, WaterUser
from shuiheng.adapters.records.queries_use import Grouping, UseFilter
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use, totals
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.services.use.periods import Step
from shuiheng.services.use.use_totals import UseQuestion, change_rate, is_comparable, use_answer

JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


def _asked(by: Grouping, step: Step = Step.MONTH, **wanted: int) -> UseQuestion:
    return UseQuestion(by=by, first=JANUARY, last=DECEMBER, step=step, wanted=UseFilter(**wanted))


def _permit(user: WaterUser, volume: str | None) -> WaterSource:
    source = WaterSource.objects.create(user=user, number=f"S{user.sources.count()}", kind="abstraction")
    permit = Permit.objects.create(source=source, number=f"P{source.pk}")
    PermitFact.objects.create(
        subject=permit, volume_m3=Decimal(volume) if volume else None, valid_from=FIRST, recorded_at=BELIEVED
    )
    return source


@pytest.mark.django_db
def test_the_most_water_stands_first_and_the_unknown_last(city: MeteredCity, seen: Sight) -> None:
    users = [city.user(f"青禾{n}", city.districts[0]) for n in range(3)]
    for user, litres in zip(users, (5, 9, None), strict=True):
        settle(city.meter(user), JANUARY, litres)
    answer = use_answer(seen, _asked(Grouping.USER))
    assert [group.key for group in answer.groups] == [users[1].pk, users[0].pk, users[2].pk]
    assert answer.whole.now is not None and answer.whole.now.litres == 14


@pytest.mark.django_db
def test_divisions_are_joined_to_sections(city: MeteredCity, seen: Sight) -> None:
    for code in ("1713", "2621", "8411", ""):
        settle(city.meter(city.user(f"青禾{code}", None, industry_code=code)), JANUARY, 7)
    answer = use_answer(seen, _asked(Grouping.SECTION))
    assert {group.key: group.now and group.now.litres for group in answer.groups} == {
        "C": 14, "Q": 7, None: 7,
    }  # fmt: skip


@pytest.mark.django_db
def test_permits_are_held_against_abstractions_only(city: MeteredCity, seen: Sight) -> None:
    mill = city.user("青禾印染厂", city.districts[0])
    river = _permit(mill, "2")
    _permit(mill, None)
    settle(city.meter(mill), JANUARY, 9000)
    settle(city.meter(mill, source=river), JANUARY, 500)
    (group,) = use_answer(seen, _asked(Grouping.USER)).groups
    assert group.limit is not None and (group.limit.litres, group.limit.unstated) == (2000, 1)
    assert group.limit_share == 0.25
    both_years = UseQuestion(by=Grouping.USER, first=date(2025, 12, 1), last=DECEMBER)
    assert use_answer(seen, both_years).groups[0].limit is None


@pytest.mark.django_db
def test_years_stand_beside_each_other_and_a_month_may_count_in_both(city: MeteredCity, seen: Sight) -> None:
    meter = city.meter(city.user("青禾印染厂", city.districts[0]))
    for month in (date(2025, 3, 1), date(2026, 3, 1)):
        settle(meter, month, 10 * month.year)
    asked = UseQuestion(by=Grouping.CITY, first=date(2025, 1, 1), last=DECEMBER, step=Step.YEAR)
    answer = use_answer(seen, asked)
    assert {label: use.litres for label, use in answer.whole.parts.items()} == {"2025": 20250, "2026": 20260}
    assert answer.before["2026"].litres == 20250


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(step=st.sampled_from([Step.MONTH, Step.QUARTER, Step.YEAR]), by=st.sampled_from(list(Grouping)))
def test_periods_and_groups_add_up_to_the_whole(
    city: MeteredCity, seen: Sight, step: Step, by: Grouping
) -> None:
    if not WaterUser.objects.exists():
        for place, district in enumerate(city.districts):
            meter = city.meter(city.user(f"青禾{place}", district, use_class="industry"))
            for month in range(1, 13):
                settle(meter, date(2026, month, 1), 1000 * month + place)
                settle(meter, date(2025, month, 1), 900 * month + place)
        settle(city.meter(None, role="inlet", zone="甲区"), JANUARY, 77)
    answer = use_answer(seen, _asked(by, step))
    assert answer.whole.now == totals(group.now for group in answer.groups if group.now is not None)
    assert answer.whole.now == totals(answer.whole.parts.values())
    for group in answer.groups:
        assert group.now == totals(group.parts.values())


@pytest.mark.django_db
def test_ten_months_are_not_held_against_six(city: MeteredCity, seen: Sight) -> None:
    old, new = (city.user(name, city.districts[0]) for name in ("青禾印染厂", "青禾纸厂"))
    for user, months in ((old, (1, 2)), (new, (2,))):
        meter = city.meter(user)
        for month in (1, 2):
            settle(meter, date(2026, month, 1), 9)
        for month in months:
            settle(meter, date(2025, month, 1), 6)
    asked = UseQuestion(by=Grouping.USER, first=JANUARY, last=date(2026, 2, 28))
    answer = use_answer(seen, asked)
    paired = {group.key: group.has_pairs for group in answer.groups}
    assert paired == {old.pk: True, new.pk: False} and answer.whole.has_pairs
    assert all((group.change_rate is None) == (group.key == new.pk) for group in answer.groups)


def _known(litres: int, missing: int = 0) -> Use:
    return Use(told_litres=litres, meters=1, measured_seconds=100 - missing, missing_seconds=missing)


@pytest.mark.parametrize(
    ("now", "before", "rate"),
    [
        (_known(120), _known(100), 0.2),
        (_known(120, missing=5), _known(100), 0.2),
        (_known(120, missing=6), _known(100), None),
        (_known(120), _known(0), None),
        (_known(0), _known(100), -1.0),
        (None, _known(100), None),
        (_known(120), None, None),
        (Use(meters=1, silent=1, missing_seconds=100), _known(100), None),
    ],
)
def test_a_change_is_told_only_where_enough_is_known(
    now: Use | None, before: Use | None, rate: float | None
) -> None:
    found = change_rate(now, before)
    assert found == (None if rate is None else pytest.approx(rate))


def test_water_is_comparable_while_little_of_the_time_is_missing() -> None:
    most = comparison().most_missing_share
    for missing in (most - 0.01, most, most + 0.01):
        use = Use(told_litres=5, meters=1, measured_seconds=100, missing_seconds=0)
        use = use._replace(measured_seconds=round(100 * (1 - missing)), missing_seconds=round(100 * missing))
        assert is_comparable(use) == (missing <= most)
    assert not is_comparable(Use(meters=1, silent=1, missing_seconds=9)) and not is_comparable(Use())
