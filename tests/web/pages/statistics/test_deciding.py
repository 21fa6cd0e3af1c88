"""What waits is confirmed by a second person or refused with a reason; the own entries are not offered."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from shuiheng.adapters.records.models import Account, Statistic

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(reviewer: Account) -> Client:
    """The browser of who confirms."""
    client = Client()
    client.force_login(reviewer)
    return client


def _decide(client: Client, *keys: int, **posted: str) -> str:
    answer = client.post(reverse("decide_statistics"), {"statistic": keys, **posted}, follow=True)
    return answer.content.decode()


def test_a_second_person_confirms_what_is_chosen(second: Client, told: list[Statistic]) -> None:
    assert "统计年鉴" in second.get(reverse("waiting_statistics")).content.decode()
    assert "已确认所选数据" in _decide(second, told[1].pk, decision="confirm")
    assert "没有待确认的统计数据" in second.get(reverse("waiting_statistics")).content.decode()
    assert Statistic.objects.get(pk=told[1].pk).state == "confirmed"


def test_a_refusal_needs_its_reason_and_a_choice(second: Client, told: list[Statistic]) -> None:
    assert "须说明理由" in _decide(second, told[1].pk, decision="refuse")
    assert "没有选择" in _decide(second, decision="confirm")
    assert "已退回所选数据" in _decide(second, told[1].pk, decision="refuse", reason="单位有误")


def test_who_entered_it_sees_that_another_is_needed(office: Client, told: list[Statistic]) -> None:
    page = office.get(reverse("waiting_statistics")).content.decode()
    assert "由您录入，须由另一人确认。" in page and 'name="statistic"' not in page
