"""What is said of a meter or its user afterwards settles its months anew."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from read_meters import BEGIN, make_meter, make_user, take, told_litres
from shuiheng.adapters.records.models import (
    Account,
    Job,
    JobKind,
    MeterEvent,
    MeterEventKind,
    SettledMonth,
    WaterUser,
)
from shuiheng.metering.civil_time import DAY, HOUR
from shuiheng.services.ledger.keep_meter import (
    MeterFields,
    change_meter,
    record_meter_event,
    withdraw_meter_event,
)
from shuiheng.services.readings.reading_store import meter_rules

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def user(officer: Account) -> WaterUser:
    return make_user(officer)


def test_a_swap_that_is_told_afterwards_is_spliced_and_its_withdrawal_undoes_it(
    officer: Account, user: WaterUser, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = make_meter(officer, user, register_digits=None, grid_minutes=None)
    take(meter, [(BEGIN, 900_000), (BEGIN + 20 * DAY, 7_000)])
    assert told_litres(meter)[-1] is None
    swap = MeterEvent(
        kind=MeterEventKind.SWAPPED,
        at=datetime.fromtimestamp(BEGIN + 10 * DAY, UTC),
        final_litres=910_000,
        start_litres=2_000,
    )
    with django_capture_on_commit_callbacks(execute=True):
        record_meter_event(officer, meter.pk, swap)
    assert told_litres(meter)[-1] == 15_000
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_meter_event(officer, swap.pk, reason="登记错表")
    assert told_litres(meter)[-1] is None
    assert set(Job.objects.filter(kind=JobKind.SETTLE).values_list("state", flat=True)) == {"done"}


def test_a_multiplier_that_is_corrected_multiplies_what_was_settled(
    officer: Account, user: WaterUser, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = make_meter(officer, user, register_digits=None, grid_minutes=None)
    take(meter, [(BEGIN, 1_000), (BEGIN + 20 * DAY, 7_000)])
    with django_capture_on_commit_callbacks(execute=True):
        change_meter(
            officer, meter.pk, MeterFields(multiplier=10), valid_from=date(2025, 1, 1), reason="更正"
        )
    assert told_litres(meter)[-1] == 60_000
    with django_capture_on_commit_callbacks(execute=True):
        fields = MeterFields(multiplier=10, zone="Z9")
        change_meter(officer, meter.pk, fields, valid_from=date(2025, 1, 1), reason="分区")
    assert Job.objects.filter(kind=JobKind.SETTLE).count() == 1  # a zone moves no litre


def test_a_swap_brings_the_register_that_the_ledger_describes_from_its_day(
    officer: Account, user: WaterUser
) -> None:
    meter = make_meter(officer, user, register_digits=6, grid_minutes=None)
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


def test_months_behind_a_swap_are_multiplied_by_the_register_of_that_time(
    officer: Account, user: WaterUser, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = make_meter(officer, user)
    fields = MeterFields(register_digits=8, grid_minutes=1440, multiplier=10)
    swap = MeterEvent(
        kind=MeterEventKind.SWAPPED,
        at=datetime.fromtimestamp(BEGIN + 10 * DAY + HOUR, UTC),
        final_litres=1_010_000,
        start_litres=0,
    )
    change_meter(officer, meter.pk, fields, valid_from=date(2026, 1, 11), reason="换大表")
    record_meter_event(officer, meter.pk, swap)
    before = [(BEGIN + day * DAY, 1_000_000 + day * 1_000) for day in range(11)]
    behind = [(BEGIN + day * DAY, (day - 10) * 100) for day in range(11, 61)]
    take(meter, [*before, *behind])
    rows = SettledMonth.objects.filter(meter=meter, generation__gt=0).order_by("month")
    by_time, as_read = (
        list(rows.values_list(name, flat=True)) for name in ("by_time_litres", "as_read_litres")
    )
    assert by_time[2] == as_read[2] == 28_000  # February: 28 days of 100 litres shown, times ten
