"""Entries of the accountability log are written and shown."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from shuiheng.adapters.records.models import Account, AccountabilityEntry
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db
GONE = 404


def test_an_entry_is_written_and_shown(office: Client, officer: Account) -> None:
    make_plan(officer)
    asked = {
        "organisation": make_unit("水利局").pk,
        "plan": "plan",
        "kind": "talked_to",
        "on": "2026-08-01",
        "words": "两期未报",
        "basis": "方案第四部分",
    }
    assert "两期未报" in office.post(reverse("enter_accountability"), asked, follow=True).content.decode()
    office.post(reverse("enter_accountability"), asked | {"kind": "shouted_at"})
    office.post(reverse("enter_accountability"), asked | {"basis": ""})
    assert AccountabilityEntry.objects.count() == 1


def test_a_reader_finds_no_log(looker: Client) -> None:
    assert looker.get(reverse("accountability")).status_code == GONE
