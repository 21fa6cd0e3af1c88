"""Who signs figures off is told on the first page how many have changed since, and nobody else is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from office import make_account
from services.indicators.test_release_figure import FACTS, _correct, _release
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.indicators.verify_figures import verify_figures

pytestmark = pytest.mark.django_db


def _home(account: Account) -> str:
    client = Client()
    client.force_login(account)
    return client.get(reverse("home")).content.decode()


def test_changed_figures_are_counted_for_who_signs_off(officer: Account) -> None:
    place = officer.memberships.get().organisation.place
    enter(place.pk, officer, **FACTS)
    leader = make_account("leader", Role.OFFICE_LEADER)
    _release(leader, place.pk)
    verify_figures(place)
    assert reverse("changed_figures") not in _home(leader)
    _correct(officer, place.pk, Decimal(1250))
    verify_figures(place)
    assert "项正式数据签发后有变动" in _home(leader)
    assert "项正式数据签发后有变动" not in _home(officer)
