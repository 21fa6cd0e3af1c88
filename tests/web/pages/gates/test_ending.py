"""The first page leads to the permits that come near their end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.gates.made import a_permit, a_user
from shuiheng.adapters.records.models import Account
from shuiheng.adapters.rulebook.gate_policy import gate_policy

pytestmark = pytest.mark.django_db


def test_permits_near_their_end_are_counted_on_the_first_page(office: Client, officer: Account) -> None:
    user, last = a_user(officer), timezone.localdate() + timedelta(gate_policy().remind_days_before_end)
    for number, ends in (("甲", last), ("乙", last + timedelta(days=1)), ("丙", None)):
        a_permit(officer, user=user, ends=ends, number=number)
    page = office.get(reverse("home")).content.decode()
    assert f'href="{reverse("permits")}?ends=near"><b>1</b>' in page


def test_without_such_permits_nothing_is_said(office: Client) -> None:
    assert "许可将到期" not in office.get(reverse("home")).content.decode()
