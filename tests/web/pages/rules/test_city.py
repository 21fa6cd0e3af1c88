"""The city whose rules are shown is one of the reader's own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from office import the_office
from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.found_city import found_city, join

pytestmark = pytest.mark.django_db


def test_a_reader_of_two_cities_chooses_and_of_others_sees_the_own(office: Client, officer: Account) -> None:
    other, strange = found_city("另市", slug="other"), found_city("外市", slug="strange")
    join(officer, other, Role.OFFICE_CLERK)
    own = the_office().place
    for asked, name in (
        (own.pk, "青禾市"),
        (other.place_id, "另市"),
        (strange.place_id, "青禾市"),
        ("x", "青禾市"),
    ):
        page = office.get(reverse("rules"), {"city": asked}).content.decode()
        assert f'<span class="quiet"><span data-doc>{name}</span>' in page, asked
        assert "外市" not in page
