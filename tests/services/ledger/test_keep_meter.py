"""Meters stand in a tree, and what happens to them is recorded and never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Account, Event, Meter, MeterEvent, MeterEventKind, WaterUser
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.ledger.keep_meter import (
    MeterFields,
    NewMeter,
    add_meter,
    change_meter,
    record_meter_event,
    withdraw_meter_event,
)
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 1)
MOMENT = datetime(2025, 6, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def user(officer: Account) -> WaterUser:
    fields = WaterUserFields(name="青禾印染厂", district=the_office().place.pk, no_code_reason="筹建")
    return add_water_user(officer, fields, valid_from=FIRST)


def _meter(officer: Account, user: WaterUser | None, number: str, **fields: object) -> Meter:
    new = NewMeter(number=number, keeper=the_office().pk, user=user.pk if user else None)
    return add_meter(officer, new, MeterFields(**fields), valid_from=FIRST)  # type: ignore[arg-type]


def test_meters_stand_below_one_of_the_same_user_and_a_higher_level(
    officer: Account, user: WaterUser
) -> None:
    top = _meter(officer, user, "A")
    below = _meter(officer, user, "A-1", level=2, parent=top.pk)
    network = _meter(officer, None, "DMA-1", role="inlet", zone="东区")
    assert network.city == the_office().place
    for level, parent in ((2, network.pk), (2, below.pk), (1, top.pk)):
        with pytest.raises(ServiceError, match="meter_tree"):
            _meter(officer, user, f"X{level}{parent}", level=level, parent=parent)


def test_a_number_stands_once_with_its_keeper(officer: Account, user: WaterUser) -> None:
    _meter(officer, user, "A")
    with pytest.raises(ServiceError, match="meter_number_taken"):
        _meter(officer, None, " A ")
    for wrong in ({"level": 4}, {"step_litres": 0}, {"multiplier": 0}, {"site": 10**9}):
        with pytest.raises(ServiceError, match=r"ledger\.field"):
            _meter(officer, user, "B", **wrong)


def test_a_change_holds_from_a_day_and_says_why(officer: Account, user: WaterUser) -> None:
    meter = _meter(officer, user, "A", nominal_mm=50)
    with pytest.raises(ServiceError, match="reason_needed"):
        change_meter(officer, meter.pk, MeterFields(nominal_mm=80), valid_from=FIRST, reason="")
    fields = MeterFields(nominal_mm=80)
    change_meter(officer, meter.pk, fields, valid_from=date(2026, 1, 1), reason="扩容")
    change_meter(officer, meter.pk, replace(fields), valid_from=date(2026, 1, 1), reason="扩容")
    told = Event.objects.get(action="meter.changed")
    assert (told.before, told.after) == ({"nominal_mm": 50}, {"nominal_mm": 80})


def test_a_swap_needs_its_registers_or_says_why_the_final_one_is_unknown(
    officer: Account, user: WaterUser
) -> None:
    meter = _meter(officer, user, "A")
    swap = {"kind": MeterEventKind.SWAPPED, "at": MOMENT}
    with pytest.raises(ServiceError, match="event_registers"):
        record_meter_event(officer, meter.pk, MeterEvent(**swap, final_litres=5))
    with pytest.raises(ServiceError, match="event_registers"):
        record_meter_event(officer, meter.pk, MeterEvent(**swap, start_litres=0))
    record_meter_event(officer, meter.pk, MeterEvent(**swap, start_litres=0, note="旧表损毁"))
    assert MeterEvent.objects.get().recorded_by == officer


def test_an_event_lies_between_the_installation_and_now(officer: Account, user: WaterUser) -> None:
    meter = _meter(officer, user, "A")
    for at in (timezone.now() + timedelta(hours=1), MOMENT - timedelta(days=400)):
        with pytest.raises(ServiceError, match="event_order"):
            record_meter_event(officer, meter.pk, MeterEvent(kind=MeterEventKind.SEALED, at=at))


def test_a_wrong_event_is_withdrawn_once_and_stays(officer: Account, user: WaterUser) -> None:
    meter = _meter(officer, user, "A")
    event = record_meter_event(officer, meter.pk, MeterEvent(kind=MeterEventKind.SEALED, at=MOMENT))
    withdraw_meter_event(officer, event.pk, reason="记错表")
    assert MeterEvent.objects.get().superseded_at is not None
    with pytest.raises(NotThereError):
        withdraw_meter_event(officer, event.pk, reason="再来")
    assert Event.objects.filter(action="meter_event.withdrawn").count() == 1
