"""The event log on the screen, its filters and what it sends."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from office import make_account
from shuiheng.adapters.records.models import Account, Event, Role, Seal
from shuiheng.audit import verify
from shuiheng.services.events import record_event, record_refusal
from shuiheng.services.seal_events import seal_events
from shuiheng.services.verify_log import verify_log

GONE = 404
FOUND = 200


def _client(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def auditor(db: None) -> Client:
    """A browser of an auditor."""
    return _client(make_account("shen", Role.AUDITOR, display_name="沈审"))


@pytest.fixture
def event(officer: Account) -> Event:
    """An event with a reason and changed fields."""
    return record_event(
        officer,
        "progress.returned",
        subject="progress:7",
        reason="数据与佐证不符",
        before={"state": "filed", "due_on": "2026-06-30"},
        after={"state": "returned", "due_on": "2026-07-15"},
    )


def _text(client: Client, route: str = "events", **query: str) -> str:
    return client.get(reverse(route), query).content.decode()


def test_an_event_shows_who_what_why_and_what_stood_before_and_after(auditor: Client, event: Event) -> None:
    text = _text(auditor)
    for words in (
        "李工",
        "节水办经办",
        "进展 · 退回",
        "进展 7",
        "数据与佐证不符",
        "已上报",
        "已退回",
        "2026-07-15",
    ):
        assert words in text


def test_the_state_of_the_seals_is_shown_before_and_after_sealing(auditor: Client, event: Event) -> None:
    assert "尚未封存" in _text(auditor) and "尚未校验" in _text(auditor)
    seal_events()
    verify_log()
    text = _text(auditor)
    seal = Seal.objects.get()
    assert f"1:{seal.value}" in text and "全部校验通过" in text
    assert reverse("events_proof", args=[event.key]) in text


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ({"person": "李工"}, True),
        ({"person": "王"}, False),
        ({"thing": "progress", "done": "returned"}, True),
        ({"thing": "plan"}, False),
        ({"done": "published"}, False),
        ({"thing": "no-such-thing"}, True),
        ({"subject": "progress:7"}, True),
        ({"subject": "progress:8"}, False),
        ({"from": "2020-01-01"}, True),
        ({"from": "2999-01-01"}, False),
        ({"to": "2020-01-01"}, False),
        ({"to": "9999-12-31"}, True),
        ({"refused": "1"}, False),
        ({"from": "never", "page": "x"}, True),
        ({"person": "\x00"}, True),
    ],
)
def test_a_filter_keeps_what_fits(
    auditor: Client, event: Event, query: dict[str, str], is_there: bool
) -> None:
    assert ("数据与佐证不符" in _text(auditor, **query)) == is_there


def test_when_nothing_fits_the_page_says_so(auditor: Client, event: Event) -> None:
    assert "没有符合条件的日志" in _text(auditor, subject="nothing")


def test_refused_acts_stand_out(auditor: Client, officer: Account) -> None:
    record_refusal(officer, "events.look", subject="/events/")
    assert "被拒绝" in _text(auditor, refused="1")


def test_the_package_holds_a_log_that_verifies_and_taking_it_is_an_event(
    auditor: Client, event: Event
) -> None:
    seal_events()
    answer = auditor.get(reverse("events_package"))
    package = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert set(package.namelist()) == {"events.jsonl", "verify.py", "README.txt"}
    seen = verify.check_log(io.BytesIO(package.read("events.jsonl")), {})
    assert seen.rows == Event.objects.filter(sealed__isnull=False).count()
    assert Event.objects.filter(action="events.exported").count() == 1


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_filtered_list_is_sent_as_a_table(auditor: Client, event: Event, ending: str) -> None:
    answer = auditor.get(reverse("events_table", args=[ending]), {"subject": "progress:7"})
    assert answer.status_code == FOUND
    if ending == "csv":
        text = answer.content.decode("utf-8-sig")
        assert "数据与佐证不符" in text and "已上报 → 已退回" in text
    assert Event.objects.get(action="events.exported").details["rows"] == 1
    assert auditor.get(reverse("events_table", args=["exe"])).status_code == GONE


def test_the_proof_for_an_event_is_sent_once_it_is_sealed(auditor: Client, event: Event) -> None:
    address = reverse("events_proof", args=[event.key])
    assert auditor.get(address).status_code == GONE
    seal_events()
    proof = auditor.get(address).content
    assert verify.check_proof(io.BytesIO(proof), {}) == f"1:{Seal.objects.get().value}"


def test_nobody_without_the_right_finds_any_part(office: Client, looker: Client, event: Event) -> None:
    for route in ("events", "events_business", "events_administration", "events_audit"):
        for ending, words in (("", []), ("_package", []), ("_table", ["csv"]), ("_proof", [event.key])):
            address = reverse(route + ending, args=words)
            assert (office.get(address).status_code, looker.get(address).status_code) == (GONE, GONE)


def test_each_administrator_opens_the_parts_of_the_others_only(event: Event) -> None:
    guard = _client(make_account("an", Role.SECURITY_ADMINISTRATOR))
    keeper = _client(make_account("ji", Role.AUDIT_ADMINISTRATOR))
    system = _client(make_account("xi", Role.SYSTEM_ADMINISTRATOR))
    routes = ("events", "events_business", "events_administration", "events_audit")
    opened = {
        name: [client.get(reverse(route)).status_code == FOUND for route in routes]
        for name, client in (("guard", guard), ("keeper", keeper), ("system", system))
    }
    assert opened == {
        "guard": [False, True, False, True],
        "keeper": [False, True, True, False],
        "system": [False, False, False, False],
    }
    assert "数据与佐证不符" in _text(keeper, "events_business")
    assert "数据与佐证不符" not in _text(keeper, "events_administration")


def test_the_page_asks_a_fixed_number_of_queries(
    auditor: Client, officer: Account, django_assert_max_num_queries: object
) -> None:
    for number in range(60):
        record_event(officer, "task.assigned", subject=f"task:{number}")
    seal_events()
    with django_assert_max_num_queries(30):  # type: ignore[operator]  a fixture of pytest-django
        auditor.get(reverse("events"))
