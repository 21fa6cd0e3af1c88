"""What meters send to a broker stands on their pages within seconds, once, whatever is killed between."""

from __future__ import annotations

import json
import random
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from adapters.telemetry.broker import broker_in, needs_mosquitto, publishing, until
from journeys.listening import ListenerProcess, make_meters, readings_held, rows
from journeys.people import look, people_at_work
from journeys.site import needs_chromium, running_site

pytestmark = [
    needs_mosquitto,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
]
NUMBERS = ("A-1", "A-2", "A-3")
PATIENCE, SOON = 120.0, 30.0
MAY = "SELECT meter_id, as_read_litres FROM records_settledmonth WHERE month = '2026-05-01' ORDER BY 1"
BEGIN = 1_777_564_800  # 2026-05-01 00:00 in China


def _topic(number: str) -> str:
    return f"shuiheng/v1/{number}/readings"


def _hours(hours: Iterable[int], step: float = 1.0) -> str:
    """Return a message with the register of some hours of the first of May, which rises evenly."""
    readings = [
        {"at": f"2026-05-{1 + hour // 24:02} {hour % 24:02}:00", "register": 100 + hour * step}
        for hour in hours
    ]
    return json.dumps({"readings": readings})


@needs_chromium
@pytest.mark.browser
def test_hourly_messages_stand_on_the_page_of_the_meter_within_seconds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state, folder = tmp_path / "state", tmp_path / "broker"
    folder.mkdir()
    with people_at_work(state) as people, broker_in(folder) as broker:
        keeper, meters = make_meters(state, NUMBERS)
        page = people.page("officer")
        listener = ListenerProcess(state, broker, keeper=keeper, seconds=2)
        with listener.running(), publishing(broker) as publish:
            sent = time.monotonic()
            for number in NUMBERS:
                for hour in range(25):
                    publish(_topic(number), _hours([hour]), waits=False)
            wanted = [(key, 24_000) for key in meters.values()]
            until(lambda: rows(state, MAY) == wanted, PATIENCE)
            waited = time.monotonic() - sent
            page.goto(f"/ledger/meters/{meters['A-1']}/")
            assert "24" in page.inner_text("main")
            look(page, "meter_of_broker")
            with capsys.disabled():
                print(f"\nmqtt: 75 messages of 3 meters, published to settled month: {waited:.1f} s")
            assert waited < SOON

            late = [*range(25, 48), *range(20, 30)]
            random.Random(3).shuffle(late)  # noqa: S311 - an order, no secret
            for hour in late:
                publish(_topic("A-1"), _hours([hour]), waits=False)
            until(lambda: rows(state, MAY)[0][1] == 47_000, PATIENCE)
            publish(_topic("A-1"), _hours([47], step=2.0))  # a later word on the same hour
            until(lambda: rows(state, MAY)[0][1] == 94_000, PATIENCE)

            broker.stop()
            until(lambda: "disconnect" in listener.said or "not answer" in listener.said, PATIENCE)
            broker.start()
        with listener.running(), publishing(broker) as publish:
            publish(_topic("B-9"), _hours([1]))
            publish(_topic("A-2"), "no reading")
            publish(_topic("A-2"), _hours([30]))
            until(lambda: dict(rows(state, MAY))[meters["A-2"]] == 30_000, PATIENCE)
            found = "SELECT count(*) FROM records_ledgerbatch WHERE findings LIKE '%{}%'"
            for code in ("readings.unknown_meter", "telemetry.payload_not_json"):
                until(lambda code=code: rows(state, found.format(code))[0][0] == 1, PATIENCE)  # type: ignore[misc]
        unread = rows(state, "SELECT id FROM records_ledgerbatch WHERE original_name LIKE '%-unread'")
        page.goto(f"/readings/{unread[0][0]}/")
        assert _topic("A-2") in page.inner_text("main")
        look(page, "unread_messages")
        page.goto("/readings/")
        assert page.locator("text=mqtt-").count() >= 4
        look(page, "batches_of_broker")


@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=pytest.mark.nightly)])
def test_a_listener_that_is_killed_loses_nothing_and_every_reading_holds_once(
    tmp_path: Path, kills: int, capsys: pytest.CaptureFixture[str]
) -> None:
    state, folder, dice = tmp_path / "state", tmp_path / "broker", random.Random(kills)  # noqa: S311 - moments
    folder.mkdir()
    with running_site(state), broker_in(folder) as broker:
        keeper, meters = make_meters(state, NUMBERS[:1])
        listener = ListenerProcess(state, broker, keeper=keeper, seconds=1)
        listener.start()
        hour = 0
        with publishing(broker) as publish:
            for _ in range(kills):
                stop = time.monotonic() + dice.uniform(0.2, 2.5)
                while time.monotonic() < stop:
                    publish(_topic("A-1"), _hours([hour]), waits=False)
                    hour += 1
                    time.sleep(0.02)
                listener.end(signal.SIGKILL)
                listener.start()
        expected = {BEGIN + each * 3600: 100_000 + each * 1000 for each in range(hour)}
        unfinished = "SELECT count(*) FROM records_ledgerbatch WHERE state NOT IN ('taken', 'checked')"
        good = "SELECT coalesce(sum(json_extract(counts, '$.good')), 0) FROM records_ledgerbatch"
        until(lambda: int(str(rows(state, good)[0][0])) >= hour, PATIENCE)
        until(lambda: rows(state, unfinished) == [(0,)], PATIENCE)
        assert listener.end() == 0
        assert readings_held(state, meters["A-1"]) == expected
        kept = rows(state, "SELECT count(*), sum(json_extract(counts, '$.good')) FROM records_ledgerbatch")[0]
        failed = rows(state, "SELECT count(*) FROM records_job WHERE state = 'failed'")
        assert failed == [(0,)]
    twice = int(str(kept[1])) - hour
    with capsys.disabled():
        print(f"\nmqtt: {hour} messages, {kills} kills, {kept[0]} batches, {twice} came twice")
    assert "locked" not in listener.said
