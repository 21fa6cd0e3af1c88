"""Programs read what counts for a target, within their rights; what is not known is null."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from services.cases.made_up import CaseCity, bring_on, city  # noqa: F401  used by name
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import Account, PlanVersion, Role
from shuiheng.services.api_token import make_token
from shuiheng.services.found_city import found_city, join

pytestmark = pytest.mark.django_db
OK, GONE = 200, 404


def _asked(account: Account, path: str) -> Any:
    token = make_token(account, name="t", days=1)
    return Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})


def test_the_count_of_a_target_is_told_for_a_day(city: CaseCity, published: PlanVersion) -> None:  # noqa: F811  the fixture
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    key = one("节水型企业").target.pk
    told = _asked(city.clerk, f"/targets/{key}/count").json()
    assert (told["value"], told["short"], told["districts"]) == ("1", "11", {str(city.district.pk): "1"})
    assert _asked(city.clerk, f"/targets/{key}/count?on=2015-01-01").json()["value"] == "0"
    loss = _asked(city.clerk, f"/targets/{one('漏损率').target.pk}/count").json()
    assert loss["value"] is None and loss["stages"] is None


def test_the_target_of_another_city_is_not_there(city: CaseCity, published: PlanVersion) -> None:  # noqa: F811  the fixture
    stranger = Account.objects.create(username="stranger")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    answer = _asked(stranger, f"/targets/{one('节水型企业').target.pk}/count")
    assert answer.status_code == GONE
