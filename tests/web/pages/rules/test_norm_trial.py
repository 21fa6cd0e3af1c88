"""A norm that nobody adopted is tried from its page or its workbook, and the result tells of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from services.charges.made_up import City, book, ladder, made_up_city, use_book
from services.rules.norm_books import STANDARD, a_book, a_row
from shuiheng.adapters.records.models import Account, ActivityFact, Job, UseNorm
from shuiheng.services.rules import replay
from shuiheng.services.rules.norm_book import receive_norms, take_norms

pytestmark = pytest.mark.django_db
GONE = 404
Callbacks = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def city(officer: Account, monkeypatch: pytest.MonkeyPatch) -> City:
    """A city with a mill of 480 t a year that uses 1,320 m³."""
    made = book(over_plan_ladder={**ladder("year"), "measure": "norm"})
    use_book(monkeypatch, made)
    monkeypatch.setattr(replay, "rulebook_now", lambda city: made)
    found = made_up_city(officer)
    user = found.user("印染厂", litres=dict.fromkeys(range(1, 13), 110_000), plan=None)
    ActivityFact.objects.create(
        subject=user,
        code="印染布",
        unit="t",
        amount=480,
        valid_from=date(2025, 1, 1),
        recorded_at=user.created_at,
    )
    return found


def test_a_norm_is_tried_from_its_page_and_its_volume_is_shown(
    office: Client, city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    """2.2 m³ allow 1,056 m³, of which 264 are too much; 2.0 allow 960, and 360 are too much.

    105.6 m³ at one, 105.6 at two and 52.8 at three times 4.00 make 1,900.80 yuan; 96, 96 and 168 make 3,168.
    """
    take_norms(city.reviewer, receive_norms(city.clerk, content=a_book(), name="定额.xlsx").pk)
    named = {"standard": STANDARD, "id": "1"}
    form = office.get(reverse("use_norm"), named).content.decode()
    assert f'action="{reverse("start_norm_replay")}"' in form and 'value="2025"' in form
    sent = {"standard": STANDARD, "number": "1", "year": "2025"}
    wrong = office.post(reverse("start_norm_replay"), {**sent, "value": "0"}, follow=True)
    assert "试算的定额值须大于零" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(reverse("start_norm_replay"), {**sent, "value": "2.0"})
    job = Job.objects.get(kind="replay")
    assert answer.headers["Location"] == reverse("replay", args=[job.pk])
    page = office.get(reverse("replay", args=[job.pk])).content.decode()
    for words in ("1,900.80", "3,168.00", "+1,267.20", "1,056", "960", "2.2 m³/t", "2.0 m³/t", "印染厂"):
        assert words in page, words
    csv = office.get(reverse("replay_export", args=[job.pk, "csv"])).content.decode("utf-8-sig")
    assert "定额水量（m³）" in csv and "1056" in csv and "960" in csv
    assert UseNorm.objects.get().general == Decimal("2.2")


def test_a_waiting_workbook_is_tried_and_volumes_are_compared_without_money(
    office: Client, city: City, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callbacks
) -> None:
    take_norms(city.reviewer, receive_norms(city.clerk, content=a_book(), name="定额.xlsx").pk)
    made = book()
    monkeypatch.setattr(replay, "rulebook_now", lambda city: made)
    later = a_row("1", general=Decimal("2.0"), valid_from=date(2026, 1, 1))
    batch = receive_norms(city.clerk, content=a_book(later), name="新定额.xlsx")
    assert "写入前先用它回放" in office.get(reverse("norm_book", args=[batch.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("start_norm_replay"), {"batch": batch.pk, "year": "2025"})
    job = Job.objects.get(kind="replay")
    page = office.get(reverse("replay", args=[job.pk])).content.decode()
    for words in ("1,056.000", "960.000", "-96.000", "不折算金额", "减少", "新定额水量（m³）"):
        assert words in page, words
    assert "（元）" not in page


def test_what_is_not_there_cannot_be_tried(office: Client, city: City) -> None:
    address = reverse("start_norm_replay")
    for sent in ({}, {"year": "2025"}, {"year": "2025", "batch": "9"}, {"year": "x", "value": "1"}):
        answer = office.post(address, {"value": "1", **sent})
        assert answer.status_code == GONE, sent
