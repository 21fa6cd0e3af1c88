"""Mail and short messages carry the key of the message, and say whether trying again helps."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from pytest_django import Settings

from shuiheng.adapters.messages import MailTransport, SmsTransport, TransportError, transports


class Gateway(HTTPServer):
    """A gateway on this machine that answers as told."""

    status = 200
    taken: list[dict[str, str]]


class Answer(BaseHTTPRequestHandler):
    """Takes one message."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append(body | {"token": self.headers.get("Authorization", "")})
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway(("127.0.0.1", 0), Answer)
    server.taken = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _send(server: Gateway) -> None:
    SmsTransport(f"http://127.0.0.1:{server.server_port}/", "t0").send(
        address="13800000000", title="题", text="文", key="k1"
    )


@pytest.mark.enable_socket
@pytest.mark.loopback
def test_a_short_message_is_posted_with_its_key_and_token(gateway: Gateway) -> None:
    _send(gateway)
    assert gateway.taken == [
        {"id": "k1", "phone": "13800000000", "title": "题", "text": "文", "token": "Bearer t0"}
    ]


@pytest.mark.enable_socket
@pytest.mark.loopback
@pytest.mark.parametrize(
    ("status", "is_final"), [(400, True), (404, True), (429, False), (500, False), (503, False)]
)
def test_a_refusal_is_final_and_a_busy_gateway_is_not(gateway: Gateway, status: int, is_final: bool) -> None:
    gateway.status = status
    with pytest.raises(TransportError) as failed:
        _send(gateway)
    assert failed.value.is_final is is_final


def test_a_mail_has_the_same_id_each_time(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    for _ in range(2):
        MailTransport().send(address="a@example.org", title="题\n目", text="文", key="k1")
    first, second = mail.outbox
    assert first.subject == "题 目"
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_only_ways_that_are_set_up_exist(settings: Settings) -> None:
    settings.MAIL_IS_ON, settings.SMS_URL = False, ""
    assert transports() == {}
    settings.MAIL_IS_ON, settings.SMS_URL = True, "http://127.0.0.1:9/"
    assert set(transports()) == {"mail", "sms"}
