"""What is said of a meter or its user afterwards settles its months anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from shuiheng.adapters.engines.columnar.evidence import SCHEMA
from shuiheng.adapters.records.models import (
    Account,
    Job,
    JobKind,
    Meter,
    MeterEvent,
    MeterEventKind,
    SettledMonth,
    UseProfile,
    WaterUser,
)
from shuiheng.metering.civil_time import DAY, HOUR, day_of, start_of
from shuiheng.services.errors import ServiceError
from shuiheng.services.found_city import new_slug
from shuiheng.services.ledger.keep_meter import (
    MeterFields,
    NewMeter,
    add_meter,
    change_meter,
    record_meter_event,
    withdraw_meter_event,
)
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user, change_water_user
from shuiheng.services.readings.keep_profile import derive_profile
from shuiheng.services.readings.reading_store import meter_rules, meter_table, reading_store
from shuiheng.services.readings.settle import settle

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 1)
BEGIN = start_of(FIRST)
Callbacks = DjangoCaptureOnCommitCallbacks


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, settings: object) -> None:
    settings.STATE = tmp_path  # type: ignore[attr-defined]  the fixture of pytest-django


@pytest.fixture
def user(officer: Account) -> WaterUser:
    fields = WaterUserFields(name="甲单位", district=the_office().place.pk, no_code_reason="试")
    return add_water_user(officer, fields, valid_from=date(2025, 1, 1))


def _meter(officer: Account, user: WaterUser, **fields: object) -> Meter:
    new = NewMeter(number=new_slug("m"), keeper=the_office().pk, user=user.pk)
    return add_meter(officer, new, MeterFields(**fields), valid_from=date(2025, 1, 1))  # type: ignore[arg-type]


def _read(meter: Meter, told: list[tuple[int, int]]) -> None:
    at = [instant for instant, _ in told]
    columns = [[meter.pk] * len(told), at, [each for _, each in told], [each + 60 for each in at]]
    with reading_store().writer() as writer:
        writer.put_meters(meter_table(meter_rules([meter])))
        writer.append(new_slug("b"), pa.table(columns, schema=SCHEMA))
    settle([meter], day_of(min(at)), day_of(max(at)))


def _litres(meter: Meter) -> list[int | None]:
    rows = SettledMonth.objects.filter(meter=meter, generation__gt=0).order_by("month")
    return list(rows.values_list("by_time_litres", flat=True))


def test_a_swap_that_is_told_afterwards_is_spliced_and_its_withdrawal_undoes_it(
    officer: Account, user: WaterUser, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = _meter(officer, user)
    _read(meter, [(BEGIN, 900_000), (BEGIN + 20 * DAY, 7_000)])
    assert _litres(meter)[-1] is None
    swap = MeterEvent(
        kind=MeterEventKind.SWAPPED,
        at=datetime.fromtimestamp(BEGIN + 10 * DAY, UTC),
        final_litres=910_000,
        start_litres=2_000,
    )
    with django_capture_on_commit_callbacks(execute=True):
        record_meter_event(officer, meter.pk, swap)
    assert _litres(meter)[-1] == 15_000
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_meter_event(officer, swap.pk, reason="登记错表")
    assert _litres(meter)[-1] is None
    assert set(Job.objects.filter(kind=JobKind.SETTLE).values_list("state", flat=True)) == {"done"}


def test_a_multiplier_that_is_corrected_multiplies_what_was_settled(
    officer: Account, user: WaterUser, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = _meter(officer, user)
    _read(meter, [(BEGIN, 1_000), (BEGIN + 20 * DAY, 7_000)])
    with django_capture_on_commit_callbacks(execute=True):
        change_meter(
            officer, meter.pk, MeterFields(multiplier=10), valid_from=date(2025, 1, 1), reason="更正"
        )
    assert _litres(meter)[-1] == 60_000
    with django_capture_on_commit_callbacks(execute=True):
        fields = MeterFields(multiplier=10, zone="Z9")
        change_meter(officer, meter.pk, fields, valid_from=date(2025, 1, 1), reason="分区")
    assert Job.objects.filter(kind=JobKind.SETTLE).count() == 1  # a zone moves no litre


def test_a_swap_brings_the_register_that_the_ledger_describes_from_its_day(
    officer: Account, user: WaterUser
) -> None:
    meter = _meter(officer, user, register_digits=6)
    fields = MeterFields(register_digits=6, multiplier=10)
    change_meter(officer, meter.pk, fields, valid_from=date(2026, 1, 11), reason="换大表")
    swap = MeterEvent(
        kind=MeterEventKind.SWAPPED,
        at=datetime.fromtimestamp(BEGIN + 10 * DAY + HOUR, UTC),
        final_litres=5_000,
        start_litres=0,
    )
    record_meter_event(officer, meter.pk, swap)
    rule = meter_rules([meter])[meter.pk]
    assert (rule.register.multiplier, rule.events[0].register.multiplier) == (1, 10)  # type: ignore[union-attr]


def test_an_amount_over_a_boundary_lies_by_the_class_and_then_by_the_users_own_profile(
    officer: Account, user: WaterUser, django_capture_on_commit_callbacks: Callbacks
) -> None:
    by_hand, hourly = _meter(officer, user), _meter(officer, user, grid_minutes=60)
    # 70 days to 12 March; the hourly meter takes water on Mondays only
    register, told = 0, []
    for hour in range(70 * 24):
        told.append((BEGIN + hour * HOUR, register))
        register += 240 if day_of(BEGIN + hour * HOUR + 1).weekday() == 0 else 1
    _read(hourly, told)
    # from Wednesday 4 March to Tuesday 7 April: Mondays 9, 16, 23, 30 March and 6 April
    _read(by_hand, [(start_of(date(2026, 3, 5)), 0), (start_of(date(2026, 4, 8)), 500_000)])
    even = _litres(by_hand)
    with django_capture_on_commit_callbacks(execute=True):
        fields = WaterUserFields(
            name="甲单位", district=the_office().place.pk, no_code_reason="试", use_class="industry"
        )
        change_water_user(officer, user.pk, fields, valid_from=date(2025, 1, 1), reason="补录")
    by_class = _litres(by_hand)
    assert by_class != even and sum(filter(None, by_class)) == 500_000
    with django_capture_on_commit_callbacks(execute=True):
        derive_profile(officer, user.pk, valid_from=date(2026, 3, 10))
    own = _litres(by_hand)
    assert sum(filter(None, own)) == 500_000 and 395_000 < (own[0] or 0) < 412_000  # four Mondays of five
    month = SettledMonth.objects.get(meter=by_hand, month=date(2026, 3, 1))
    assert month.profile == f"user:{user.pk}:2026-03-10"
    derive_profile(officer, user.pk, valid_from=date(2026, 3, 10))
    assert UseProfile.objects.count() == 1


def test_a_profile_is_refused_where_hours_are_not_told(officer: Account, user: WaterUser) -> None:
    _meter(officer, user)
    with pytest.raises(ServiceError, match="profile_not_told"):
        derive_profile(officer, user.pk, valid_from=date(2026, 3, 10))
