"""OpenID Connect against a provider on this machine: what fits is taken, everything else is not."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.identity.local_provider import CLIENT, SECRET, SUBJECT, LocalProvider, local_provider
from shuiheng.adapters.identity.errors import IdentityError
from shuiheng.adapters.identity.oidc import OidcProvider

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]
CALLBACK = "https://water.example/login/with/oidc/back/"


def _client(provider: LocalProvider) -> OidcProvider:
    return OidcProvider(issuer=provider.address, client=CLIENT, secret=SECRET)


def _answer(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_a_person_who_signs_in_there_is_known_here_and_the_code_holds_once() -> None:
    with local_provider() as provider:
        client = _client(provider)
        started = client.start(callback=CALLBACK)
        answer = _answer(provider.sign_in(started.address))
        identity = client.finish(started, answer=answer, callback=CALLBACK)
        assert (identity.subject, identity.name) == (SUBJECT, "赵工")
        with pytest.raises(IdentityError):
            client.finish(started, answer=answer, callback=CALLBACK)


def test_state_nonce_and_verifier_are_new_each_time_and_the_verifier_does_not_travel() -> None:
    with local_provider() as provider:
        first, second = (_client(provider).start(callback=CALLBACK) for _ in range(2))
    for name in ("state", "nonce", "verifier"):
        assert first.kept[name] != second.kept[name] and len(first.kept[name]) >= 43
    assert first.kept["verifier"] not in first.address
    query = _answer(first.address)
    assert (query["code_challenge_method"], query["redirect_uri"]) == ("S256", CALLBACK)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "another"},
        {"state": ""},
        {"code": ""},
        {"code": "another"},
        {"error": "access_denied"},
        {"iss": "https://evil.example"},
    ],
)
def test_an_answer_that_does_not_fit_is_refused(change: dict[str, str]) -> None:
    with local_provider() as provider:
        client = _client(provider)
        started = client.start(callback=CALLBACK)
        answer = _answer(provider.sign_in(started.address)) | change
        with pytest.raises(IdentityError):
            client.finish(started, answer=answer, callback=CALLBACK)


def test_another_callback_or_verifier_gets_no_token() -> None:
    with local_provider() as provider:
        client = _client(provider)
        for callback, verifier in ((CALLBACK + "x", None), (CALLBACK, "v" * 43)):
            started = client.start(callback=CALLBACK)
            answer = _answer(provider.sign_in(started.address))
            if verifier:
                started = type(started)(address="", kept={**started.kept, "verifier": verifier})
            with pytest.raises(IdentityError):
                client.finish(started, answer=answer, callback=callback)


@pytest.mark.parametrize(
    "fault",
    [
        "nonce",
        "issuer",
        "audience",
        "party",
        "expired",
        "no_subject",
        "none",
        "shared_key",
        "other_key",
        "kid",
    ],
)
def test_a_token_that_breaks_a_rule_is_refused(fault: str) -> None:
    with local_provider(fault) as provider:
        client = _client(provider)
        started = client.start(callback=CALLBACK)
        answer = _answer(provider.sign_in(started.address))
        with pytest.raises(IdentityError):
            client.finish(started, answer=answer, callback=CALLBACK)


def test_a_provider_that_names_itself_otherwise_or_asks_in_the_open_is_refused() -> None:
    with local_provider("other_name") as provider, pytest.raises(IdentityError, match="otherwise"):
        _client(provider).start(callback=CALLBACK)
    with local_provider("plain") as provider:
        started = _client(provider).start(callback=CALLBACK)
        answer = _answer(provider.sign_in(started.address))
        with pytest.raises(IdentityError, match="TLS"):
            _client(provider).finish(started, answer=answer, callback=CALLBACK)
