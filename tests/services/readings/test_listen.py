"""What a broker brings is kept for the keeper of each meter before anybody says that it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from shuiheng.adapters.records.models import Account, Event, LedgerBatch, Organisation, SettledMonth
from shuiheng.adapters.rulebook.mqtt_topics import mqtt_topics
from shuiheng.adapters.telemetry import (
    BatchRules,
    DeadLetter,
    Delivered,
    MqttSettings,
    ReceivedReading,
    SinkNotReadyError,
)
from shuiheng.services.errors import NotThereError
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.readings import listen
from shuiheng.services.readings.broker_settings import BrokerSettings
from shuiheng.services.readings.listen import Listener, keepers_of_numbers, units_named

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks
MAY = date(2026, 5, 1)
BEGIN = int(datetime(2026, 4, 30, 16, tzinfo=UTC).timestamp())


@pytest.fixture
def unit(officer: Account) -> Organisation:
    return Organisation.objects.create(slug="ws", name="青禾水司", kind="supplier", place=the_office().place)


def _meter(officer: Account, number: str, keeper: Organisation, telemetry_id: str = "") -> int:
    new, fields = NewMeter(number=number, keeper=keeper.pk), MeterFields(telemetry_id=telemetry_id)
    return add_meter(officer, new, fields, valid_from=date(2025, 1, 1)).pk


def _listener(*keepers: str) -> Listener:
    broker = MqttSettings(host="127.0.0.1", client_id="t")
    found = BrokerSettings(broker=broker, topics=mqtt_topics(), batches=BatchRules(), keepers=keepers)
    return Listener(found, say=lambda line: None)


def _sent(number: str, hour: int, litres: int) -> Delivered:
    reading = ReceivedReading(meter_number=number, read_at=BEGIN + hour * 3600, register_litres=litres)
    return Delivered(reading=reading, received_at=BEGIN, topic=f"t/{number}", payload=f"{litres}".encode())


def test_readings_count_for_the_keeper_of_their_meter_and_unknown_ones_are_the_firsts(
    officer: Account, unit: Organisation, django_capture_on_commit_callbacks: Callbacks
) -> None:
    own, other = _meter(officer, "A", the_office()), _meter(officer, "B", unit, telemetry_id="T-9")
    sent = [_sent("A", 1, 10), _sent("T-9", 1, 5), _sent("A", 2, 30), _sent("T-9", 2, 9), _sent("Z", 1, 1)]
    with django_capture_on_commit_callbacks(execute=True):
        _listener(the_office().slug, "ws").keep_readings(sent)
    office, supplier = LedgerBatch.objects.order_by("pk")
    assert (office.organisation, supplier.organisation) == (the_office(), unit)
    assert [(each.state, each.made_by, each.kind) for each in (office, supplier)] == [
        ("taken", None, "mqtt")
    ] * 2
    assert (office.counts, [each["code"] for each in office.findings]) == (
        {"good": 2, "bad": 1, "unknown_meter": 1},
        ["readings.unknown_meter"],
    )
    months = SettledMonth.objects.filter(month=MAY).values_list("meter", "as_read_litres")
    assert dict(months) == {own: 20, other: 4}
    assert Event.objects.filter(action="readings.received", actor=None).count() == 2


def test_the_same_messages_offered_again_are_the_same_batch(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    _meter(officer, "A", the_office())
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            _listener(the_office().slug).keep_readings([_sent("A", 1, 10)])
    assert LedgerBatch.objects.count() == 1


def test_what_cannot_be_read_is_a_batch_of_findings(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    letter = DeadLetter(
        topic="t/1",
        payload=b"{",
        received_at=1,
        causes=("payload_not_json",),
        values=({"found": "x"},),
        reason="x",
    )
    with django_capture_on_commit_callbacks(execute=True):
        _listener(the_office().slug).keep_letters([letter])
    batch = LedgerBatch.objects.get()
    assert (batch.state, batch.counts["good"], batch.counts["bad"]) == ("checked", 0, 1)
    (finding,) = batch.findings
    assert (finding["code"], finding["subject"]) == ("telemetry.payload_not_json", "t/1")


def test_while_database_or_disk_is_not_ready_nothing_is_kept_and_it_is_asked_again(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = _listener(the_office().slug)
    for error in (OperationalError("locked"), OSError("full")):

        def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(listen, "keep_batch", fail)
            with pytest.raises(SinkNotReadyError):
                listener.keep_readings([_sent("A", 1, 10)])
    uploads: Path = settings.UPLOADS
    assert not LedgerBatch.objects.exists() and not uploads.exists()


def test_an_organisation_that_is_not_there_ends_the_listener_before_it_begins(officer: Account) -> None:
    with pytest.raises(NotThereError):
        _listener(the_office().slug, "nobody").run()
    with pytest.raises(NotThereError):
        units_named(["nobody"])


def test_of_two_keepers_of_a_number_the_one_named_first_has_it(officer: Account, unit: Organisation) -> None:
    _meter(officer, "A", the_office())
    _meter(officer, "A", unit)
    _meter(officer, "C", unit, telemetry_id="A2")
    for order in ([the_office(), unit], [unit, the_office()]):
        found = keepers_of_numbers({"A", "A2", "Z"}, order)
        assert found == {"A": order[0].pk, "A2": unit.pk}
