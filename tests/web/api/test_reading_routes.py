"""Programs send readings in batches and look at what became of them, each within its rights."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks
from schemathesis import GenerationMode
from schemathesis.checks import ignored_auth

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Meter, Organisation, Role, SettledMonth
from shuiheng.services.api_token import make_token
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.readings import receive_call
from shuiheng.web.wsgi import application

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks
TAKEN_ON, OK, GONE, LARGE, FORM, UNREAD, FLOOD = 202, 200, 404, 413, 415, 422, 429
MAY = date(2026, 5, 1)


class Gateway:
    """A program of a supplier that sends readings with a token."""

    def __init__(self, account: Account, keeper: Organisation, callbacks: Callbacks) -> None:
        self.token = make_token(account, name="t", days=1)
        self.client, self.keeper, self.callbacks = Client(), keeper, callbacks

    def get(self, path: str, **headers: str) -> Any:
        """Return the answer to a question."""
        return self.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.token}"} | headers)

    def send(
        self, body: bytes | object, form: str = "application/json", *, keeper: int = 0, **headers: str
    ) -> Any:
        """Return the answer to a call that brings readings."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        with self.callbacks(execute=True):
            return self.client.generic(
                "POST",
                f"/api/v1/readings?keeper={keeper or self.keeper.pk}",
                data=content,
                content_type=form,
                headers={"Authorization": f"Bearer {self.token}"} | headers,
            )

    def batch(self, answer: Any) -> dict[str, Any]:
        """Return the batch to which an answer leads."""
        found: dict[str, Any] = self.get(answer.json()["url"].removeprefix("/api/v1")).json()
        return found


@pytest.fixture
def keeper(officer: Account) -> Organisation:
    return Organisation.objects.create(slug="ws", name="青禾水司", kind="supplier", place=the_office().place)


@pytest.fixture
def meter(officer: Account, keeper: Organisation) -> Meter:
    fields = MeterFields(telemetry_id="T-1", register_digits=8)
    return add_meter(officer, NewMeter(number="A-1", keeper=keeper.pk), fields, valid_from=date(2025, 1, 1))


@pytest.fixture
def gateway(
    keeper: Organisation, meter: Meter, django_capture_on_commit_callbacks: Callbacks
) -> Iterator[Gateway]:
    account = Account.objects.create(username="gateway")
    join(account, keeper, Role.SUPPLIER)
    yield Gateway(account, keeper, django_capture_on_commit_callbacks)


def _row(at: str = "2026-05-01 00:00", register: object = 100, **fields: object) -> dict[str, object]:
    return {"meter": "A-1", "at": at, "register": register} | fields


def _body(*rows: object, unit: str = "m3") -> dict[str, object]:
    return {"unit": unit, "readings": rows}


MONTH = _body(_row(), _row("2026-06-01 00:00", "130.5", meter="T-1"))


def test_a_batch_counts_at_once_and_says_how_it_ended(gateway: Gateway, meter: Meter) -> None:
    answer = gateway.send(MONTH)
    assert answer.status_code == TAKEN_ON
    assert answer.headers["Location"] == answer.json()["url"]
    batch = gateway.batch(answer)
    assert (batch["state"], batch["counts"]) == ("taken", {"good": 2, "bad": 0, "unknown_meter": 0})
    assert batch["findings"] == [] and batch["keeper"] == gateway.keeper.pk
    assert SettledMonth.objects.get(meter=meter, month=MAY).as_read_litres == 30_500


def test_a_table_of_the_interval_form_is_taken_the_same_way(gateway: Gateway) -> None:
    table = "表号,读数时间,读数(m3)\nA-1,2026-05-01 00:00,100\nB-9,2026-05-01 00:00,5\nA-1,昨天,7\n"
    batch = gateway.batch(gateway.send(table.encode("gb18030"), "text/csv; charset=gb18030"))
    assert (batch["kind"], batch["state"], batch["counts"]["good"]) == ("http_csv", "taken", 1)
    found = [(each["code"], each["line"], each["meter"]) for each in batch["findings"]]
    assert found == [("readings.unknown_meter", 3, "B-9"), ("telemetry.instant_unreadable", 4, "A-1")]
    assert all(each["message"] and each["remedy"] for each in batch["findings"])


def test_bad_entries_are_findings_and_the_good_ones_count(gateway: Gateway) -> None:
    bad: list[Any] = [
        "x",
        {"meter": "A-1", "at": "2026-05-02 00:00"},
        _row(register="ten"),
        _row(register=-1),
        _row(register=0.00001),
        _row(register=10**17),
        _row(register="1E+3"),
        _row("soon"),
        _row("2026-02-30 00:00"),
        _row("2026-05-02"),
        _row(meter="Z-1"),
        _row(meter="Z-1", at="2026-05-03 00:00"),
        _row(register="5 L"),
    ]
    answer = gateway.send(_body(*bad, _row(), _row("2026-05-02 00:00", None)))
    batch = gateway.batch(answer)
    assert (batch["state"], batch["counts"]["good"], batch["counts"]["bad"]) == ("taken", 1, len(bad))
    assert batch["counts"]["unknown_meter"] == 2
    lines = [each["line"] for each in batch["findings"]]
    assert lines == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15]  # an unknown meter is said once
    assert batch["findings"][-1]["severity"] == "note"
    english = gateway.get(f"/readings/batches/{batch['id']}", **{"Accept-Language": "en"}).json()
    assert "no meter Z-1" in english["findings"][10]["message"]


def test_what_no_database_keeps_as_text_is_replaced_in_findings(gateway: Gateway) -> None:
    body = b'{"unit":"m3","readings":[{"meter":"\\ud800\\u0000","at":"\\u0000","register":"\\udfff"}]}'
    batch = gateway.batch(gateway.send(body))
    assert batch["counts"]["bad"] == 1
    kept = json.dumps(LedgerBatch.objects.get().findings)
    assert "ud800" not in kept and "u0000" not in kept and "udfff" not in kept


def test_a_batch_of_which_nothing_counts_stays_checked(gateway: Gateway) -> None:
    batch = gateway.batch(gateway.send(_body(_row(meter="Z-1"))))
    assert (batch["state"], batch["counts"]["good"]) == ("checked", 0)


def test_the_same_body_again_is_the_same_batch_and_counts_once(gateway: Gateway, meter: Meter) -> None:
    first, again = gateway.send(MONTH), gateway.send(MONTH)
    assert first.json()["id"] == again.json()["id"] and LedgerBatch.objects.count() == 1
    assert again.json()["state"] == "taken"
    assert SettledMonth.objects.get(meter=meter, month=MAY).as_read_litres == 30_500


def test_a_key_is_good_for_one_body(gateway: Gateway) -> None:
    key = {"Idempotency-Key": "k1"}
    answers = [gateway.send(MONTH, **key).json() for _ in range(2)]
    assert answers[0] == answers[1]
    other = gateway.send(_body(_row(register=7)), **key)
    assert (other.status_code, other.json()["code"]) == (UNREAD, "services.key_used")
    assert LedgerBatch.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "form", "status", "code"),
    [
        (b"{", "application/json", UNREAD, "telemetry.payload_not_json"),
        (b"[" * 200_000, "application/json", UNREAD, "telemetry.payload_not_json"),
        (b"\xff\xfe\x00", "application/json", UNREAD, "telemetry.payload_not_json"),
        (b'{"unit":"m3","readings":[Infinity]}', "application/json", UNREAD, "telemetry.payload_not_json"),
        (b'{"unit":"m3","readings":[]}', "application/json", UNREAD, "telemetry.payload_empty"),
        (b'{"readings":[1]}', "application/json", UNREAD, "telemetry.payload_no_field"),
        (b'{"unit":"pt","readings":[1]}', "application/json", UNREAD, "telemetry.payload_field"),
        (b"1" * 5000, "application/json", UNREAD, "telemetry.payload_not_json"),
        (b" " * (8 * 2**20 + 1), "application/json", LARGE, "readings.call_too_large"),
        (b"a,b\n" * 50_100, "text/csv", LARGE, "readings.call_too_long"),
        (b"{}", "text/plain", FORM, "readings.call_form"),
        (b"a=b", "application/x-www-form-urlencoded", FORM, "readings.call_form"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", FORM, "readings.call_form"),
    ],
)
def test_a_hostile_body_is_refused_with_its_code_and_leaves_nothing(
    gateway: Gateway, body: bytes, form: str, status: int, code: str
) -> None:
    answer = gateway.send(body, form)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"] and not LedgerBatch.objects.exists()


def test_a_packed_body_is_refused(gateway: Gateway) -> None:
    answer = gateway.send(gzip.compress(json.dumps(MONTH).encode()), **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (FORM, "readings.call_form")


def test_more_readings_than_a_call_may_hold_are_refused(gateway: Gateway) -> None:
    answer = gateway.send(b'{"unit":"m3","readings":[' + b"0," * 50_000 + b"0]}")
    assert (answer.status_code, answer.json()["code"]) == (LARGE, "readings.call_too_long")


def test_too_many_waiting_batches_of_a_keeper_are_refused_for_a_while(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive_call, "MOST_WAITING", 1)
    gateway.send(MONTH)
    LedgerBatch.objects.update(state="received")
    answer = gateway.send(_body(_row(register=7)))
    assert (answer.status_code, answer.json()["code"]) == (FLOOD, "readings.keeper_waits")
    assert answer.headers["Retry-After"]


def test_what_is_not_the_senders_looks_as_if_it_did_not_exist(gateway: Gateway, officer: Account) -> None:
    other = found_city("远山市")
    batch = gateway.batch(gateway.send(MONTH))
    stranger = make_account("s", Role.READER)
    reading = Gateway(stranger, gateway.keeper, gateway.callbacks)
    far = Account.objects.create(username="far")
    join(far, other, Role.OFFICE_CLERK)
    away = Gateway(far, gateway.keeper, gateway.callbacks)
    answers = [
        gateway.send(_body(_row(register=9)), keeper=the_office().pk),
        gateway.send(_body(_row(register=9)), keeper=other.pk),
        gateway.send(_body(_row(register=9)), keeper=900_000_001),
        reading.send(_body(_row(register=9))),
        away.get(f"/readings/batches/{batch['id']}"),
        away.get("/readings/batches/900000001"),
    ]
    assert [each.status_code for each in answers] == [GONE] * 6
    assert len({each.content for each in answers}) == 1
    assert LedgerBatch.objects.count() == 1


def _readings(gateway: Gateway, meter: Meter, asked: str, begin: str = "2026-05-01T00:00:00%2B08:00") -> Any:
    return gateway.get(f"/meters/{meter.pk}/readings?from={begin}&to=2026-05-02T00:00:00%2B08:00&{asked}")


def test_readings_that_hold_come_page_by_page_and_versions_are_never_parted(
    gateway: Gateway, meter: Meter
) -> None:
    hours = [_row(f"2026-05-01 {hour:02}:00", hour) for hour in range(24)]
    first = gateway.send(_body(*hours)).json()["id"]
    second = gateway.send(_body(_row("2026-05-01 03:00", 3.5))).json()["id"]
    seen: list[Any] = []
    cursor = 0
    while cursor is not None:
        page = _readings(gateway, meter, f"limit=10&cursor={cursor}").json()
        seen += page["items"]
        cursor = page["next_cursor"]
    assert [each["register_litres"] for each in seen] == [1000, 2000, 3500, *range(4000, 24_000, 1000)]
    page = _readings(gateway, meter, "limit=3&with_versions=true").json()
    told = [(each["register_litres"], each["batch"]) for each in page["items"]]
    assert told == [(1000, first), (2000, first), (3000, first), (3500, second)]
    assert page["items"][-1]["recorded_at"] and page["next_cursor"] is not None


def test_a_period_is_bounded_and_a_meter_of_others_is_not_there(
    gateway: Gateway, meter: Meter, officer: Account
) -> None:
    long = _readings(gateway, meter, "", "2024-05-01T00:00:00%2B08:00")
    assert (long.status_code, long.json()["code"]) == (UNREAD, "readings.period_too_long")
    assert _readings(gateway, meter, "", "2026-05-03T00:00:00%2B08:00").json()["items"] == []
    assert _readings(gateway, meter, "", "0001-01-01T00:00:00%2B20:00").status_code == UNREAD
    own = add_meter(
        officer, NewMeter(number="O-1", keeper=the_office().pk), MeterFields(), valid_from=date(2025, 1, 1)
    )
    answers = [_readings(gateway, each, "") for each in (own, Meter(pk=900_000_001))]
    assert [each.status_code for each in answers] == [GONE, GONE]
    assert answers[0].content == answers[1].content


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(
    body=st.binary(min_size=1, max_size=200) | st.text(min_size=1, max_size=200).map(str.encode),
    form=st.sampled_from(["application/json", "text/csv"]),
)
def test_no_body_breaks_the_interface(gateway: Gateway, body: bytes, form: str) -> None:
    assert gateway.send(body, form).status_code in (TAKEN_ON, UNREAD)


def test_every_body_of_the_described_form_is_taken_on(gateway: Gateway) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    headers = {"Authorization": f"Bearer {gateway.token}", "Accept-Encoding": "identity"}
    seen: set[int] = set()

    def check(case: schemathesis.Case) -> None:
        case.query["keeper"] = gateway.keeper.pk
        case.headers.pop("Idempotency-Key", None)  # good for one body, and so no matter of its form
        response = case.call(headers=headers)
        seen.add(response.status_code)
        case.validate_response(response, excluded_checks=[ignored_auth])

    bounded = settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    made = schema["/api/v1/readings"]["POST"].as_strategy(generation_mode=GenerationMode.POSITIVE)
    bounded(given(made)(check))()
    assert seen == {TAKEN_ON}
