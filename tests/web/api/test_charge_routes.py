"""Programs read charges with their derivations, within their rights."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from services.charges.made_up import Callbacks, City, book, made_up_city, use_book
from shuiheng.adapters.records.models import Account, Charge, Role
from shuiheng.services.api_token import make_token
from shuiheng.services.found_city import join

pytestmark = pytest.mark.django_db
OK, GONE = 200, 404


@pytest.fixture
def city(officer: Account, monkeypatch: pytest.MonkeyPatch) -> City:
    """A city whose rules are all checked."""
    use_book(monkeypatch, book())
    return made_up_city(officer)


def _asked(account: Account, path: str) -> Any:
    token = make_token(account, name="t", days=1)
    return Client().get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})


def test_a_charge_has_the_steps_that_the_page_shows(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    city.user("印染厂", litres={3: 135_000})
    charge = city.issued(django_capture_on_commit_callbacks)
    told = _asked(city.clerk, f"/charges/{charge.pk}").json()
    assert (told["amount_yuan"], told["volume_m3"], told["is_trial"]) == ("300.00", "135.000", False)
    assert told["derivation"] == charge.derivation
    assert told["derivation"]["steps"][-1]["value"] == "300.00"


def test_what_is_not_known_is_null_and_charges_come_in_helpings(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for name in ("甲", "乙"):
        city.user(name, litres={})
    run = city.run(django_capture_on_commit_callbacks)
    first = _asked(city.clerk, f"/charges?run={run.pk}&limit=1").json()
    assert first["items"][0]["amount_yuan"] is None
    assert "derivation" not in first["items"][0]
    rest = _asked(city.clerk, f"/charges?run={run.pk}&limit=1&cursor={first['next_cursor']}").json()
    assert (len(rest["items"]), rest["next_cursor"]) == (1, None)
    found = _asked(city.clerk, f"/charges/{first['items'][0]['id']}").json()
    assert found["derivation"] is None
    assert found["findings"][0]["code"] == "charges.no_volume"


def test_a_payer_gets_its_own_issued_charges_only(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    user, other = (city.user(name, litres={2: 135_000, 3: 135_000}) for name in ("甲", "乙"))
    payer = Account.objects.create(username="payer")
    join(payer, user.organisation, Role.ENTERPRISE_FILER)
    city.issued(django_capture_on_commit_callbacks)
    city.run(django_capture_on_commit_callbacks, month=2)  # drafts
    items = _asked(payer, "/charges").json()["items"]
    assert [(item["user"], item["state"]) for item in items] == [(user.pk, "issued")]
    foreign = Charge.objects.filter(user=other, state="issued").get()
    assert _asked(payer, f"/charges/{foreign.pk}").status_code == GONE
    assert _asked(payer, f"/charges/{items[0]['id']}").status_code == OK
