"""An officer writes a version of a kind and sees what it says, another person decides on it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from services.kinds.versions import SCHOOL, a_version, accepted_version, school_text
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, LocalKind
from shuiheng.services.kinds.local_kinds import propose_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def checker() -> Client:
    """A browser of the reviewer."""
    client = Client()
    client.force_login(reviewer())
    return client


def _sent(office: Client, route: str = "propose_kind", **changed: str) -> str:
    the_city()
    form = {"text": school_text(), "valid_from": "2026-07-01", "reason": "缩短时限"} | changed
    return office.post(reverse(route, args=[SCHOOL]), form, follow=True).content.decode()


def test_the_form_shows_what_stands_beside_what_it_says(office: Client, officer: Account) -> None:
    accepted_version(officer, valid_from=a_version().valid_from.replace(year=2024))
    page = office.get(reverse("propose_kind", args=[SCHOOL])).content.decode()
    assert "due: {days: 60," in page and "自“立项”起60日内" in page and "一票否决" in page


def test_a_version_goes_from_form_to_force(office: Client, checker: Client) -> None:
    assert "待审定" in _sent(office)
    row = LocalKind.objects.get()
    said = checker.get(reverse("kind_proposal", args=[row.pk])).content.decode()
    assert "diff-old" in said and "days: 90" in said and "days: 60" in said
    checker.post(reverse("decide_kind_proposal", args=[row.pk]), {"verdict": "accept"})
    assert "已采用" in office.get(reverse("kind", args=[SCHOOL])).content.decode()
    checker.post(reverse("withdraw_kind_proposal", args=[row.pk]), {"reason": "标准废止"})
    row.refresh_from_db()
    assert row.state == "withdrawn"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": school_text(("subject: water_user", "subject: planet"))}, "第 2 行"),
        ({"text": school_text(("subject: water_user", "subject: place"))}, "原来的对象是"),
        ({"text": "name: [\n" + school_text()}, "不是有效的 YAML"),
        ({"reason": ""}, "没有填写理由"),
        ({"valid_from": ""}, "valid_from"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    office: Client, changed: dict[str, str], said: str
) -> None:
    page = _sent(office, **changed)
    assert said in page and not LocalKind.objects.exists()
    assert "节水知识进课堂" in page and 'name="reason"' in page


def test_a_preview_writes_nothing_down(office: Client) -> None:
    page = _sent(office, "preview_kind", reason="")
    assert "自“立项”起60日内" in page and 'name="text"' in page
    part = office.post(
        reverse("preview_kind", args=[SCHOOL]), {"text": school_text()}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "自“立项”起60日内" in part and 'name="text"' not in part
    assert not LocalKind.objects.exists()


def test_the_own_version_is_left_to_another_person(office: Client, officer: Account) -> None:
    row = propose_kind(officer, the_city().pk, a_version())
    page = office.get(reverse("kind_proposal", args=[row.pk])).content.decode()
    assert "本人不能审定" in page and "decide/" not in page


def test_a_reader_proposes_nothing(looker: Client) -> None:
    assert looker.get(reverse("propose_kind", args=[SCHOOL])).status_code == 404
    assert "提出修订" not in looker.get(reverse("kind", args=[SCHOOL])).content.decode()
