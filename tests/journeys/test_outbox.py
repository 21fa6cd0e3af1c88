"""A phone keeps entries without a network and sends each exactly once, whatever the network and server do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from journeys.people import NARROW
from journeys.receiving import Receiving, receiving
from journeys.serving import ARGUMENTS, CHROMIUM
from journeys.site import needs_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.loopback,
    pytest.mark.enable_socket,
    needs_chromium,
]
PHOTO = bytes(range(256)) * 4096  # 1 MiB
OPEN = """async (name) => {
  window.box = await Outbox.open({name: name, url: '/entries/'});
  await window.box.send();
}"""
PUT = """async ([kind, numbers]) => {
  const key = await window.box.put(kind, new Uint8Array(numbers), 'application/octet-stream');
  return [key, await window.box.send()];
}"""
ALL_SENT = """async () => {  // looks for what the outbox does by itself; never asks it to send
  for (let turn = 0; turn < 500; turn += 1) {
    if ((await window.box.entries()).every((each) => each.state === 'sent')) { return; }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('an entry is left');
}"""
PUT_PHOTO = """async () => {
  const bytes = new Uint8Array(1048576);
  for (let n = 0; n < bytes.length; n += 1) { bytes[n] = n % 256; }
  return window.box.put('photo', bytes, 'image/jpeg');
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def room() -> Iterator[Receiving]:
    with receiving() as started:
        yield started


@pytest.fixture
def phone(browser: Browser, room: Receiving) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=NARROW, base_url=room.address)
    yield context
    context.close()


def opened(phone: BrowserContext, name: str = "officer") -> Page:
    """Return a page whose outbox has been opened."""
    page = phone.new_page()
    page.goto("/")
    page.evaluate(OPEN, name)
    return page


def entries(page: Page) -> list[dict[str, Any]]:
    return page.evaluate("() => window.box.entries()")  # type: ignore[no-any-return]  # plain JSON


def put(page: Page, words: bytes, kind: str = "form") -> tuple[str, str]:
    """Keep an entry and try to send it; return its key and why sending stopped."""
    key, why = page.evaluate(PUT, [kind, list(words)])
    return key, why


def test_what_was_filled_in_without_a_network_is_sent_after_exactly_once(
    phone: BrowserContext, room: Receiving
) -> None:
    page = opened(phone)
    phone.set_offline(True)
    assert put(page, b"first")[1] == "offline"
    page.evaluate(PUT_PHOTO)
    assert put(page, b"second")[1] == "offline"
    assert [each["state"] for each in entries(page)] == ["waiting"] * 3
    assert room.calls == []
    page.close()  # the phone is put away, and taken out where there is a network that loses answers
    phone.set_offline(False)
    room.moods = ["lose_answer", "take", "lose_answer"]
    page = opened(phone)
    for _ in range(4):
        page.evaluate("() => window.box.send()")
    held = entries(page)
    assert [each["state"] for each in held] == ["sent"] * 3
    assert room.taken == [("form", b"first"), ("photo", PHOTO), ("form", b"second")]
    assert len(room.calls) == 5
    assert [each["receipt"]["sha256"] for each in held] == [
        hashlib.sha256(content).hexdigest() for _kind, content in room.taken
    ]
    assert [each["receipt"]["number"] for each in held] == [each.number for each in room.receipts.values()]


def test_it_sends_by_itself_when_the_network_is_back(phone: BrowserContext, room: Receiving) -> None:
    page = opened(phone)
    phone.set_offline(True)
    put(page, b"alone")
    phone.set_offline(False)
    page.evaluate(ALL_SENT)
    assert room.taken == [("form", b"alone")]


def test_no_answer_but_a_receipt_lets_content_go(phone: BrowserContext, room: Receiving) -> None:
    page = opened(phone)
    for mood, why in (("sign_in", "sign_in"), ("page", "busy"), ("busy", "busy")):
        room.moods = [mood, mood]
        assert put(page, mood.encode())[1] == why
        room.moods = []
        assert page.evaluate("() => window.box.send()") == ""
    assert room.taken == [("form", mood) for mood in (b"sign_in", b"page", b"busy")]


def test_what_is_refused_stays_with_its_reason_and_holds_nothing_up(
    phone: BrowserContext, room: Receiving
) -> None:
    page = opened(phone)
    room.moods = ["refuse"]
    refused, _why = put(page, b"wrong")
    sent, _why = put(page, b"right")
    assert [(each["key"], each["state"]) for each in entries(page)] == [(refused, "refused"), (sent, "sent")]
    assert entries(page)[0]["fault"] == {"code": "programmes.entry_key"}
    page.evaluate("(key) => window.box.forget(key)", refused)
    assert [each["key"] for each in entries(page)] == [sent]


def test_what_waits_cannot_be_forgotten_and_other_accounts_do_not_see_it(
    phone: BrowserContext, room: Receiving
) -> None:
    page = opened(phone)
    phone.set_offline(True)
    key, _why = put(page, b"mine")
    page.evaluate("(key) => window.box.forget(key)", key)
    assert [each["key"] for each in entries(page)] == [key]
    page.evaluate("async () => { window.box = await Outbox.open({name: 'other', url: '/entries/'}); }")
    assert entries(page) == []
    assert room.taken == []


def test_two_tabs_that_send_at_once_send_each_entry_once(phone: BrowserContext, room: Receiving) -> None:
    pages = [opened(phone), opened(phone)]
    phone.set_offline(True)
    for number in range(4):
        put(pages[number % 2], b"%d" % number)
    phone.set_offline(False)
    for page in pages:
        page.evaluate("() => { window.done = window.box.send(); }")
    for page in pages:
        page.evaluate("() => window.done")
    assert [content for _kind, content in room.taken] == [b"0", b"1", b"2", b"3"]
    assert len(room.calls) == 4


def test_what_is_kept_just_when_sending_ends_is_sent_too(phone: BrowserContext, room: Receiving) -> None:
    page = opened(phone)
    page.evaluate(
        """async () => {
          const alone = window.box.alone;
          window.box.alone = async (work) => {  // nothing waits any more, but sending has not ended yet
            const why = await alone.call(window.box, work);
            window.box.alone = alone;
            await window.box.put('form', 'late', 'text/plain');
            return why;
          };
          await window.box.put('form', 'early', 'text/plain');
        }"""
    )
    page.evaluate("() => window.box.running")
    page.evaluate(ALL_SENT)
    assert [content for _kind, content in room.taken] == [b"early", b"late"]
