"""What is asked of a provider, and how."""

from __future__ import annotations

import pytest

from adapters.identity.local_provider import local_provider
from shuiheng.adapters.identity.errors import IdentityError
from shuiheng.adapters.identity.fetching import check_address, fetch, fetch_json

pytestmark = [pytest.mark.loopback, pytest.mark.enable_socket]


@pytest.mark.parametrize(
    "address",
    [
        "http://id.example/",
        "http://localhost/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "https://",
        "x",
        "",
    ],
)
def test_only_tls_and_this_machine_are_asked(address: str) -> None:
    with pytest.raises(IdentityError, match="TLS"):
        fetch(address)


def test_tls_and_the_own_address_may_be_asked() -> None:
    for address in ("https://id.example/x", "http://127.0.0.1:8080/", "http://[::1]/"):
        check_address(address)


def test_an_answer_is_read_and_a_form_is_posted() -> None:
    with local_provider() as provider:
        assert fetch_json(f"{provider.address}/keys")["keys"][0]["kid"] == "k1"
        with pytest.raises(IdentityError, match="does not answer"):
            fetch(f"{provider.address}/token", form={"code": "x"}, headers={"Authorization": "Basic eA=="})


@pytest.mark.parametrize("fault", ["redirect", "huge"])
def test_redirects_and_floods_are_refused(fault: str) -> None:
    with local_provider(fault) as provider, pytest.raises(IdentityError):
        fetch(f"{provider.address}/keys")


def test_what_is_no_object_is_refused() -> None:
    with local_provider() as provider, pytest.raises(IdentityError, match="no JSON"):
        fetch_json(f"{provider.address}/serviceValidate")


def test_nobody_there_is_an_answer_too() -> None:
    with pytest.raises(IdentityError, match="does not answer"):
        fetch("http://127.0.0.1:9/")
