"""Possible causes: nights that flow more than before, more output, open findings, another profile."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from metered import Callbacks, some_meter, told
from shuiheng.adapters.records.models import Account, ActivityFact, MeterFinding, UseProfile
from shuiheng.metering.civil_time import HOUR, start_of
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.warnings.cause_hints import Hint, cause_hints
from warned import WarnedUser, warned_city, warned_user

pytestmark = pytest.mark.django_db
TODAY, AT = date(2026, 5, 2), datetime(2026, 4, 20, tzinfo=UTC)


@pytest.fixture
def user(officer: Account) -> WarnedUser:
    return warned_user(warned_city(officer))


def _hints(user: WarnedUser) -> list[Hint]:
    with reading_store().snapshot() as reader:
        return list(cause_hints(reader, [user.user.pk], today=TODAY).get(user.user.pk, ()))


def _nights(first: date, count: int, *, start: int, night: int, day: int) -> list[tuple[int, int]]:
    """Return registers at 02:00 and 04:00 of some days: so many litres in between, so many by day."""
    readings, register = [], start
    for number in range(count):
        begin = start_of(first + timedelta(days=number))
        readings += [(begin + 2 * HOUR, register), (begin + 4 * HOUR, register + night)]
        register += night + day
    return readings


@pytest.mark.parametrize(("before", "hinted"), [(200, True), (3900, False)])
def test_water_that_flows_at_night_as_it_did_not_before_is_hinted(
    user: WarnedUser,
    officer: Account,
    django_capture_on_commit_callbacks: Callbacks,
    before: int,
    hinted: bool,
) -> None:
    meter = some_meter(officer, "N-1", user=user.user.pk, step_litres=1)
    earlier = _nights(date(2026, 1, 25), 14, start=1_000, night=before, day=44_000)
    now = _nights(date(2026, 4, 19), 14, start=9_000_000, night=4_000, day=44_000)
    told(officer, meter, [*earlier, *now], django_capture_on_commit_callbacks)
    hints = [hint for hint in _hints(user) if hint["kind"] == "night"]
    assert bool(hints) is hinted
    if hints:
        assert (hints[0]["number"], hints[0]["now"], hints[0]["before"]) == ("N-1", "2.00", "0.10")


def test_output_above_that_of_last_year_is_hinted_and_a_small_rise_is_not(user: WarnedUser) -> None:
    for code, old, new in (("布", 100, 111), ("纱", 100, 110)):
        for first, end, amount in (
            (date(2025, 1, 1), date(2026, 1, 1), old),
            (date(2026, 1, 1), None, new),
        ):
            ActivityFact.objects.create(
                subject=user.user,
                code=code,
                unit="t",
                amount=Decimal(amount),
                valid_from=first,
                valid_to=end,
                recorded_at=AT,
            )
    assert [(hint["kind"], hint["code"]) for hint in _hints(user)] == [("activity", "布")]


def test_open_findings_and_a_new_profile_are_hinted_and_notes_are_not(user: WarnedUser) -> None:
    for code, severity in (("metering.stuck", "warn"), ("metering.gap", "note")):
        MeterFinding.objects.create(
            meter=user.meter, rule="V4", code=code, mark=code, severity=severity, at=AT, found_at=AT
        )
    UseProfile.objects.create(
        subject=user.user,
        hours=",".join(["1"] * 168),
        months=",".join(["1"] * 12),
        weeks=8,
        valid_from=date(2026, 4, 1),
        recorded_at=AT,
    )
    hints = _hints(user)
    assert [(hint["kind"], hint.get("code")) for hint in hints] == [
        ("finding", "metering.stuck"),
        ("profile", None),
    ]
    assert hints[0]["meter"] == user.meter.pk
