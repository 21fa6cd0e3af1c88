"""The store hears of meters what the ledger says of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Meter, MeterEvent, MeterEventKind
from shuiheng.services.ledger.keep_meter import (
    MeterFields,
    NewMeter,
    add_meter,
    change_meter,
    record_meter_event,
    withdraw_meter_event,
)
from shuiheng.services.readings.reading_store import (
    event_table,
    meter_rules,
    meter_table,
    reading_store,
    register_of,
)

pytestmark = pytest.mark.django_db
FIRST = date(2025, 1, 1)


def _meter(officer: Account, **fields: object) -> Meter:
    new = NewMeter(number="A", keeper=the_office().pk)
    return add_meter(officer, new, MeterFields(**fields), valid_from=FIRST)  # type: ignore[arg-type]


def test_a_register_rolls_over_after_its_digits_and_passes_no_more_than_overload(officer: Account) -> None:
    meter = _meter(officer, register_digits=5, step_litres=1000, q3_m3_h=Decimal("2.5"), grid_minutes=60)
    rules = meter_rules([meter])[meter.pk]
    assert rules.register.modulus_litres == 100_000_000
    assert rules.register.greatest_flow_l_h == 3125  # 2.5 m3/h and a quarter more
    assert rules.grid_seconds == 3600
    assert meter_table({meter.pk: rules}).to_pylist()[0]["modulus"] == 100_000_000


def test_what_is_not_known_is_not_assumed(officer: Account) -> None:
    meter = _meter(officer)
    row = meter_table(meter_rules([meter])).to_pylist()[0]
    assert (row["modulus"], row["greatest_flow"], row["grid_seconds"]) == (0, -1, 0)
    assert register_of(None).modulus_litres is None


def test_the_first_register_stands_when_a_later_one_is_told(officer: Account) -> None:
    meter = _meter(officer, multiplier=10)
    change_meter(officer, meter.pk, MeterFields(multiplier=1), valid_from=date(2026, 1, 1), reason="换表")
    assert meter_rules([meter])[meter.pk].register.multiplier == 10


def test_swaps_and_resets_are_told_and_withdrawn_ones_are_not(officer: Account) -> None:
    meter = _meter(officer)
    at = datetime(2025, 6, 1, tzinfo=UTC)
    for kind in (MeterEventKind.SWAPPED, MeterEventKind.SEALED):
        event = MeterEvent(kind=kind, at=at, final_litres=5, start_litres=1)
        record_meter_event(officer, meter.pk, event)
    wrong = MeterEvent(kind=MeterEventKind.RESET, at=at, final_litres=9, start_litres=0)
    withdraw_meter_event(officer, record_meter_event(officer, meter.pk, wrong).pk, reason="记错")
    told = event_table().to_pylist()
    assert [(row["kind"], row["final"], row["start"]) for row in told] == [("swap", 5, 1)]
    assert len(meter_rules([meter])[meter.pk].events) == 1


def test_the_store_is_made_in_the_state_folder_when_it_is_first_asked_for(db: None) -> None:
    with reading_store().snapshot() as reader:
        assert reader.meters().to_pylist() == []
