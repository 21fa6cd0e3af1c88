"""One person drafts what is told to the public, another publishes it, and what was typed stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, PlanVersion, PublicEdition, Role
from shuiheng.services.indicators.keep_standings import keep_standings

pytestmark = pytest.mark.django_db
OK, FOUND, GONE, REFUSED = 200, 302, 404, 422
TERMS = "任何人可以使用"


@pytest.fixture
def drafter(published: PlanVersion) -> Client:
    """A browser of a reviewer in a city with judged targets."""
    keep_standings(the_office().place, date(2026, 6, 30))
    return _browser(make_account("reviewer", Role.OFFICE_REVIEWER))


@pytest.fixture
def publisher() -> Client:
    """A browser of a head of the office."""
    return _browser(make_account("leader", Role.OFFICE_LEADER))


def _browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def _drafted(client: Client) -> PublicEdition:
    answer = client.post(reverse("public_editions"), {"licence": TERMS})
    assert answer.status_code == FOUND
    return PublicEdition.objects.get()


def test_an_edition_goes_from_draft_to_public_and_back(drafter: Client, publisher: Client) -> None:
    row = _drafted(drafter)
    one = reverse("public_edition", args=[row.pk])
    assert "公开这一期" not in drafter.get(one).content.decode()
    assert "公开这一期" in publisher.get(one).content.decode()
    assert publisher.post(reverse("publish_edition", args=[row.pk])).status_code == FOUND
    assert "公开中" in drafter.get(reverse("public_editions")).content.decode()
    away = reverse("withdraw_edition", args=[row.pk])
    empty = publisher.post(away, {"reason": " "})
    assert empty.status_code == REFUSED and "撤回须说明理由" in empty.content.decode()
    assert publisher.post(away, {"reason": "数据有误"}).status_code == FOUND
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "数据有误")


def test_who_drafted_is_told_that_another_has_to_publish(drafter: Client, publisher: Client) -> None:
    row = _drafted(publisher)
    shown = publisher.get(reverse("public_edition", args=[row.pk])).content.decode()
    assert "须由另一人发布" in shown and "公开这一期" not in shown
    answer = publisher.post(reverse("publish_edition", args=[row.pk]))
    assert answer.status_code == REFUSED and "不能由您发布" in answer.content.decode()
    assert drafter.post(reverse("publish_edition", args=[row.pk])).status_code == GONE


def test_without_terms_nothing_is_drafted_and_the_page_stays(drafter: Client) -> None:
    assert "注明来源" in drafter.get(reverse("public_editions")).content.decode()
    answer = drafter.post(reverse("public_editions"), {"licence": ""})
    assert answer.status_code == REFUSED and "没有填写数据使用条款" in answer.content.decode()
    assert not PublicEdition.objects.exists()


def test_a_clerk_without_the_right_finds_no_page(office: Client, drafter: Client) -> None:
    row = _drafted(drafter)
    assert office.get(reverse("public_editions")).status_code == GONE
    assert office.get(reverse("public_edition", args=[row.pk])).status_code == GONE
