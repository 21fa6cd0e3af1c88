"""Browsers of an office that computes charges, and of a water user who pays."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from services.charges.conftest import city
from services.charges.made_up import Callbacks, City
from shuiheng.adapters.records.models import Account, Charge, Role, WaterUser
from shuiheng.services.found_city import join


@dataclass
class Desk:
    """Browsers of the clerk, the reviewer, the head of the office and a water user, with its charge."""

    city: City
    clerk: Client
    reviewer: Client
    leader: Client
    payer: Client
    user: WaterUser
    callbacks: Callbacks

    @property
    def charge(self) -> Charge:
        """The charge of the user."""
        return Charge.objects.filter(user=self.user, reverses__isnull=True).latest("pk")


def shown(client: Client, name: str, *key: object, **query: object) -> str:
    """Return a page that must be there."""
    answer = client.get(reverse(name, args=key), query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def sent(client: Client, name: str, *key: object, **posted: object) -> str:
    """Post to an address and return the page behind it."""
    answer = client.post(reverse(name, args=key), posted, follow=True)
    assert answer.status_code == 200, name
    return answer.content.decode()


def _browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def desk(city: City, django_capture_on_commit_callbacks: Callbacks) -> Desk:
    """An office, and a user that took 135 of 100 m³ in March 2025."""
    user = city.user("青禾印染厂", litres={3: 135_000})
    filer = Account.objects.create(username="payer")
    join(filer, user.organisation, Role.ENTERPRISE_FILER)
    return Desk(
        city=city,
        clerk=_browser(city.clerk),
        reviewer=_browser(city.reviewer),
        leader=_browser(city.leader),
        payer=_browser(filer),
        user=user,
        callbacks=django_capture_on_commit_callbacks,
    )


__all__ = ["Desk", "city", "desk", "sent", "shown"]
