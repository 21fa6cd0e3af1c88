"""The office opens an item, the unit proves it, the reviewer closes it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from office import make_account
from shuiheng.adapters.records.models import Account, Rectification, Role
from shuiheng.services.found_city import join
from working_office import make_plan, make_unit

pytestmark = pytest.mark.django_db
GONE = 404


def _client(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def clerk() -> Client:
    account = Account.objects.create(username="chen")
    join(account, make_unit("水利局"), Role.PARTNER_CLERK)
    return _client(account)


@pytest.fixture
def item(office: Client, officer: Account, clerk: Client) -> Rectification:
    make_plan(officer)
    unit = Rectification.organisation.field.related_model.objects.get(name="水利局")
    asked = {
        "organisation": unit.pk,
        "plan": "plan",
        "fault": "无水表",
        "found_on": "2026-05-01",
        "due_on": "2026-06-01",
    }
    office.post(reverse("open_rectification"), asked)
    return Rectification.objects.get()


def test_the_whole_way(item: Rectification, clerk: Client) -> None:
    assert "无水表" in clerk.get(reverse("rectification")).content.decode()
    proof = SimpleUploadedFile("照片.jpg", b"JPG")
    clerk.post(reverse("prove_rectification", args=[item.pk]), {"words": "已装", "proof": proof})
    reviewer = _client(make_account("zhao", Role.OFFICE_REVIEWER))
    assert reviewer.get(reverse("rectification_proof", args=[item.pk])).content == b"JPG"
    reviewer.post(reverse("judge_rectification", args=[item.pk, "return"]), {"reason": "不清"})
    assert "不清" in clerk.get(reverse("rectification")).content.decode()
    clerk.post(reverse("prove_rectification", args=[item.pk]), {"words": "重拍"})
    reviewer.post(reverse("judge_rectification", args=[item.pk, "close"]))
    item.refresh_from_db()
    assert item.state == "closed"


def test_a_form_without_a_day_says_so(item: Rectification, office: Client) -> None:
    answer = office.post(
        reverse("open_rectification"),
        {"organisation": item.organisation_id, "plan": "plan", "fault": "x"},
        follow=True,
    )
    assert "不能识别" in answer.content.decode()
    assert Rectification.objects.count() == 1


def test_another_unit_sees_nothing_of_it(item: Rectification) -> None:
    account = Account.objects.create(username="sun")
    join(account, make_unit("财政局"), Role.PARTNER_CLERK)
    other = _client(account)
    assert "没有整改事项" in other.get(reverse("rectification")).content.decode()
    assert other.get(reverse("rectification_proof", args=[item.pk])).status_code == GONE
    assert other.post(reverse("prove_rectification", args=[item.pk]), {"words": "x"}).status_code == GONE


def test_late_items_are_found(item: Rectification, office: Client) -> None:
    assert "无水表" in office.get(reverse("rectification"), {"state": "late"}).content.decode()
    assert "没有整改事项" in office.get(reverse("rectification"), {"state": "closed"}).content.decode()
