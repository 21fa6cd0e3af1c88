"""CAS against a server on this machine."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.identity.local_provider import SUBJECT, local_provider
from shuiheng.adapters.identity.cas import CasProvider
from shuiheng.adapters.identity.errors import IdentityError

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]
CALLBACK = "https://water.example/login/with/cas/back/"


def _answer(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_a_person_with_a_ticket_is_known_and_the_ticket_holds_once() -> None:
    with local_provider() as provider:
        client = CasProvider(server=provider.address + "/")
        started = client.start(callback=CALLBACK)
        back = provider.sign_in(started.address)
        assert back.startswith(CALLBACK)
        assert client.finish(started, answer=_answer(back), callback=CALLBACK).subject == SUBJECT
        with pytest.raises(IdentityError, match="ticket"):
            client.finish(started, answer=_answer(back), callback=CALLBACK)


def test_a_ticket_for_another_service_is_refused() -> None:
    with local_provider() as provider:
        client = CasProvider(server=provider.address)
        started = client.start(callback=CALLBACK)
        answer = _answer(provider.sign_in(started.address))
        with pytest.raises(IdentityError, match="ticket"):
            client.finish(started, answer=answer, callback="https://evil.example/")


@pytest.mark.parametrize(
    "change",
    [{"state": "another"}, {"state": ""}, {"ticket": ""}, {"ticket": "ST-1&x=y"}, {"ticket": "PT-1"}],
)
def test_an_answer_that_does_not_fit_is_refused(change: dict[str, str]) -> None:
    with local_provider() as provider:
        client = CasProvider(server=provider.address)
        started = client.start(callback=CALLBACK)
        answer = _answer(provider.sign_in(started.address)) | change
        with pytest.raises(IdentityError):
            client.finish(started, answer=answer, callback=CALLBACK)
        assert change.get("state") is None or not provider.asked


@pytest.mark.parametrize("fault", ["entity", "redirect", "huge"])
def test_a_server_that_plays_tricks_is_refused(fault: str) -> None:
    with local_provider(fault) as provider:
        client = CasProvider(server=provider.address)
        started = client.start(callback=CALLBACK)
        with pytest.raises(IdentityError):
            client.finish(started, answer=_answer(provider.sign_in(started.address)), callback=CALLBACK)


def test_a_server_without_tls_is_not_used() -> None:
    with pytest.raises(IdentityError, match="TLS"):
        CasProvider(server="http://cas.example").start(callback=CALLBACK)
