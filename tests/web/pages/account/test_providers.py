"""Signing in elsewhere and coming back, against a provider on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from adapters.identity.local_provider import CLIENT, SECRET, SUBJECT, LocalProvider, local_provider
from administrators import bind, person
from shuiheng.adapters.records.models import Account, Event, ExternalIdentity, Role

pytestmark = [pytest.mark.django_db, pytest.mark.loopback, pytest.mark.enable_socket]
NAMES = ("oidc", "cas")


@pytest.fixture
def provider(settings: Settings) -> Iterator[LocalProvider]:
    with local_provider() as running:
        settings.SITE_URL = "https://water.example"
        settings.OIDC_ISSUER = settings.CAS_URL = running.address
        settings.OIDC_CLIENT, settings.OIDC_SECRET = CLIENT, SECRET
        settings.SIGN_IN_POLICY = "demo"
        yield running


@pytest.fixture
def zhao(db: None) -> Account:
    account = person("zhao", None, Role.READER)
    for name in NAMES:
        ExternalIdentity.objects.create(account=account, provider=name, subject=SUBJECT)
    return account


def _back(client: Client, provider: LocalProvider, name: str, onward: str = "") -> str:
    """Return the path with which a browser comes back from the provider."""
    away = client.get(f"/login/with/{name}/", {"next": onward})
    assert away.status_code == 302 and away["Location"].startswith(provider.address)
    back = urlsplit(provider.sign_in(away["Location"]))
    assert (back.netloc, back.path) == ("water.example", f"/login/with/{name}/back/")
    return f"{back.path}?{back.query}"


@pytest.mark.parametrize("name", NAMES)
def test_a_linked_person_comes_in_and_the_way_back_holds_once(
    client: Client, provider: LocalProvider, zhao: Account, name: str
) -> None:
    back = _back(client, provider, name, onward="/tasks/")
    response = client.get(back)
    assert (response.status_code, response["Location"]) == (302, "/tasks/")
    assert client.get("/account/").status_code == 200
    assert Event.objects.get(action="sign_in.done").details == {"by": name}
    assert Client().get(back).status_code == 403
    assert client.get(back).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_the_way_back_of_one_browser_does_not_let_another_in(
    client: Client, provider: LocalProvider, zhao: Account, name: str
) -> None:
    victim = Client()
    _back(victim, provider, name)
    assert victim.get(_back(client, provider, name)).status_code == 403
    assert victim.get("/account/").status_code == 302


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_and_a_closed_account_stay_outside(
    client: Client, provider: LocalProvider, zhao: Account, name: str
) -> None:
    Account.objects.filter(pk=zhao.pk).update(is_active=False)
    response = client.get(_back(client, provider, name))
    assert response.status_code == 403 and "没有关联到可用的账号" in response.content.decode()
    ExternalIdentity.objects.all().delete()
    assert client.get(_back(client, provider, name)).status_code == 403
    assert client.get("/account/").status_code == 302


def test_an_authenticator_is_asked_for_unless_the_provider_is_trusted_with_it(
    client: Client, provider: LocalProvider, zhao: Account, settings: Settings
) -> None:
    settings.SIGN_IN_POLICY = "djbh"
    assert client.get(_back(client, provider, "oidc"))["Location"] == "/login/authenticator/"
    settings.IDENTITY_HAS_FACTOR = True
    assert client.get(_back(client, provider, "oidc"))["Location"] == "/"


def test_an_expired_password_does_not_hinder_who_came_without_one(
    client: Client, provider: LocalProvider, zhao: Account
) -> None:
    Account.objects.update(must_change_password=True)
    assert client.get(_back(client, provider, "cas"))["Location"] == "/"


def test_only_providers_of_the_settings_exist(client: Client, settings: Settings) -> None:
    assert client.get("/login/with/oidc/").status_code == 404
    assert client.get("/login/with/other/back/").status_code == 404
    settings.SITE_URL, settings.CAS_URL = "https://water.example", "https://cas.example"
    page = client.get("/login/").content.decode()
    assert "/login/with/cas/" in page and "/login/with/oidc/" not in page


def test_a_provider_that_does_not_answer_is_said_in_words(client: Client, settings: Settings) -> None:
    settings.SITE_URL, settings.OIDC_ISSUER = "https://water.example", "http://127.0.0.1:9"
    response = client.get("/login/with/oidc/")
    assert response.status_code == 403 and "统一身份认证没有通过" in response.content.decode()


def test_a_bound_authenticator_is_asked_for_in_the_demo_too(
    client: Client, provider: LocalProvider, zhao: Account
) -> None:
    from django.utils import timezone

    bind(zhao, timezone.now())
    assert client.get(_back(client, provider, "oidc"))["Location"] == "/login/code/"
