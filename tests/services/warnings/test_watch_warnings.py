"""The worker raises warnings once, keeps what was answered, and takes away what no longer holds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from metered_city import MeteredCity
from shuiheng.adapters.records.models import (
    Account,
    AllowanceRound,
    Message,
    MeterFinding,
    MeterWatch,
    PlannedAllowance,
    SettledMonth,
    UseWarning,
)
from shuiheng.services.warnings import watch_warnings as watch_module
from shuiheng.services.warnings.answer_warning import answer_warning
from shuiheng.services.warnings.watch_warnings import settled_since, watch_allowances, watch_warnings
from warned import WarnedUser, warned_city, warned_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 2, 4, tzinfo=UTC)
TODAY = date(2026, 5, 2)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return warned_city(officer)


@pytest.fixture
def user(city: MeteredCity) -> WarnedUser:
    return warned_user(city)


def _open(user: WarnedUser) -> list[tuple[str, int]]:
    return [(row.level, row.first.month) for row in user.warnings if row.gone_at is None]


def _watch() -> tuple[int, int, int]:
    kept = watch_allowances(TODAY, now=NOW)
    return len(kept.raised), kept.again, kept.gone


def test_a_month_over_its_plan_is_warned_of_once(user: WarnedUser) -> None:
    user.uses(date(2025, 1, 1), [90] * 12)
    user.uses(date(2026, 1, 1), [100, 100, 100, 125])
    assert _watch() == (2, 0, 0)
    assert _watch() == (0, 0, 0)
    assert _open(user) == [("near", 1), ("over_month", 4)]
    over = UseWarning.objects.get(level="over_month")
    assert (over.used_m3, over.limit_m3, over.last, over.certainty) == (125, 100, date(2026, 4, 30), "sure")
    assert over.told_at == NOW and over.rules[0]["rule"] == "allowances/warning_levels"
    mine = Message.objects.filter(organisation=user.user.organisation)
    assert mine.count() == len(user.warnings)


def test_the_office_gets_one_message_for_all_that_is_new(city: MeteredCity) -> None:
    users = [warned_user(city, f"青禾{name}厂") for name in "甲乙丙"]
    for each in users:
        each.uses(date(2026, 4, 1), [111])
    _watch()
    told = Message.objects.filter(organisation=city.keeper, kind="use_warnings_new")
    assert [row.title for row in told] == [f"新增{UseWarning.objects.count()}条用水预警"]


def test_exactly_ten_percent_over_is_not_yet_over(user: WarnedUser) -> None:
    user.uses(date(2025, 1, 1), [50] * 12)
    user.uses(date(2026, 1, 1), [50, 50, 50, 110])
    _watch()
    assert ("over_month", 4) not in _open(user)


def test_a_correction_takes_the_warning_away_and_a_relapse_does_not_tell_again(user: WarnedUser) -> None:
    user.uses(date(2025, 1, 1), [50] * 12)
    user.uses(date(2026, 1, 1), [50, 50, 50, 111])
    assert _watch() == (1, 0, 0)
    answer_warning(user.account, user.warnings[0].pk, answer="管道漏水，已修复")
    april = SettledMonth.objects.filter(meter=user.meter, month=date(2026, 4, 1))
    april.update(by_time_litres=100_000)
    assert _watch() == (0, 0, 1)
    april.update(by_time_litres=120_000)
    assert _watch() == (0, 1, 0)
    row = user.warnings[0]
    assert (row.answer, row.used_m3, row.gone_at) == ("管道漏水，已修复", 120, None)
    assert Message.objects.filter(organisation=user.user.organisation).count() == 1


def test_a_higher_level_takes_the_lower_one_with_it(user: WarnedUser) -> None:
    user.uses(date(2025, 1, 1), [50] * 12)
    user.uses(date(2026, 1, 1), [50, 50, 50, 111])
    _watch()
    SettledMonth.objects.filter(meter=user.meter, month=date(2026, 4, 1)).update(by_time_litres=340_000)
    _watch()
    month = UseWarning.objects.get(level="over_month")
    assert month.gone_at == NOW and month.covered_by is not None
    assert month.covered_by.level == "over_quarter"


def test_periods_long_over_raise_nothing_new(user: WarnedUser) -> None:
    user.uses(date(2025, 1, 1), [50] * 12)
    user.uses(date(2026, 1, 1), [200, 10, 10, 10])
    _watch()
    assert ("over_month", 1) not in _open(user)


def test_findings_at_the_meter_are_said_and_do_not_silence_the_warning(user: WarnedUser) -> None:
    user.uses(date(2026, 4, 1), [111])
    MeterFinding.objects.create(
        meter=user.meter,
        rule="V5",
        code="metering.reverse_flow",
        mark="m",
        severity="disqualify",
        at=NOW,
        found_at=NOW,
    )
    _watch()
    row = UseWarning.objects.get(level="over_month")
    assert (row.certainty, row.doubts) == ("doubtful", ["findings"])
    assert [hint["kind"] for hint in row.hints] == ["finding"]
    assert (
        "待核实"
        in Message.objects.get(organisation=user.user.organisation, key__contains=f"/{row.pk}/").title
    )


def test_a_user_of_which_nothing_is_known_is_shown_to_the_office_and_not_warned(user: WarnedUser) -> None:
    assert _watch() == (0, 0, 0)
    row = user.warnings[0]
    assert (row.level, row.doubts, row.told_at) == ("unknown", ["nothing_told"], None)
    assert not Message.objects.exists()
    user.uses(date(2026, 2, 1), [50, 50, 50])
    _watch()
    assert _open(user) == []


def test_an_allowance_that_was_not_published_is_not_watched(user: WarnedUser) -> None:
    user.uses(date(2026, 4, 1), [400])
    user.allowance.published_at = None
    user.allowance.save()
    _watch()
    assert user.warnings == []


def test_a_user_with_an_allowance_of_a_source_is_held_to_it_alone(
    city: MeteredCity, user: WarnedUser
) -> None:
    user.allowance.source = user.user.sources.first()
    user.allowance.save()
    user.uses(date(2025, 1, 1), [50] * 12)
    user.uses(date(2026, 1, 1), [50, 50, 50, 100])
    other = city.meter(user.user, source=None)
    for month in range(1, 5):
        SettledMonth.objects.create(
            meter=other, month=date(2026, month, 1), by_time_litres=900_000, measured_seconds=86_400
        )
    _watch()
    assert _open(user) == []


def test_the_worker_judges_all_once_a_day_and_then_who_was_settled(user: WarnedUser) -> None:
    cache.clear()
    today = timezone.localdate()
    AllowanceRound.objects.update(year=today.year)
    watch_warnings()
    assert settled_since(timezone.now()) == []
    MeterWatch.objects.create(meter=user.meter, touched_at=timezone.now())
    assert settled_since(NOW) == [user.user.pk]
    watch_warnings()


def test_what_has_not_changed_is_not_judged_again(
    user: WarnedUser, city: MeteredCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = warned_user(city, "青禾食品厂")
    for each in (user, other):
        each.uses(date(2026, 4, 1), [125])
    assert len(watch_allowances(TODAY, now=NOW).raised) == len(user.warnings) + len(other.warnings) > 0
    judged: list[int] = []
    real = watch_module.judged
    monkeypatch.setattr(watch_module, "judged", lambda each: judged.append(each.allowance) or real(each))
    assert _watch() == (0, 0, 0) and judged == []
    SettledMonth.objects.filter(meter=user.meter).update(by_time_litres=100_000)
    raised, _again, gone = _watch()
    assert judged == [user.allowance.pk] and (raised, gone > 0) == (0, True)
    judged.clear()
    MeterFinding.objects.create(
        meter=other.meter,
        rule="V1",
        code="metering.register_fell",
        mark="1",
        severity="disqualify",
        found_at=NOW,
    )
    _watch()
    assert judged == [other.allowance.pk]
    judged.clear()
    watch_allowances(date(2026, 6, 1), now=NOW)  # another month has ended
    assert len(judged) == 2


def test_the_warnings_of_an_allowance_that_was_taken_back_go(user: WarnedUser, city: MeteredCity) -> None:
    user.uses(date(2026, 4, 1), [125])
    _watch()
    assert _open(user)
    stood = _open(user)
    user.allowance.entries.update(state="revoked")
    PlannedAllowance.objects.update(published_at=None)  # no plan of the city is left
    _watch()
    assert not _open(user)
    user.allowance.entries.update(state="approved")
    PlannedAllowance.objects.update(published_at=NOW)
    assert _watch()[0] == 0 and _open(user) == stood  # in force again, and told before
