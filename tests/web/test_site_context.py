"""Whoever works in a made-up city reads so on every page, with a plan in sight or without."""

from __future__ import annotations

import pytest
from django.test import Client

from office import make_account, the_office
from shuiheng.adapters.records.models import Place, Role

pytestmark = pytest.mark.django_db
BANNER = 'class="made-up"'


@pytest.mark.parametrize("role", [Role.ENTERPRISE_FILER, Role.SYSTEM_ADMINISTRATOR])
def test_a_made_up_city_is_told_without_any_plan(role: Role) -> None:
    client = Client()
    client.force_login(make_account("zhou", role))  # in an office that is made up
    assert BANNER in client.get("/").content.decode()
    Place.objects.filter(pk=the_office().place_id).update(is_synthetic=False)
    assert BANNER not in client.get("/").content.decode()
