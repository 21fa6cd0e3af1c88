"""All kinds, one kind, and its text."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from services.kinds.versions import SCHOOL, accepted_version, school_text
from shuiheng.adapters.records.models import Account
from shuiheng.adapters.rulebook.programme_text import shipped_text
from shuiheng.adapters.rulebook.programmes import shipped_programmes

pytestmark = pytest.mark.django_db


def test_all_kinds_are_listed_and_found_by_the_words_of_plans(office: Client) -> None:
    page = office.get(reverse("kinds")).content.decode()
    assert all(reverse("kind", args=[name]) in page for name in shipped_programmes())
    found = office.get(reverse("kinds"), {"q": "节水型幼儿园"}).content.decode()
    assert reverse("kind", args=[SCHOOL]) in found and reverse("kind", args=["campaign"]) not in found
    assert "没有符合条件的类别" in office.get(reverse("kinds"), {"q": "诗歌"}).content.decode()
    places = office.get(reverse("kinds"), {"subject": "pipe_section", "mark": "unchecked"}).content.decode()
    assert reverse("kind", args=["pipe_new"]) in places and reverse("kind", args=[SCHOOL]) not in places


@pytest.mark.parametrize("name", sorted(shipped_programmes()))
def test_every_kind_has_its_page(office: Client, name: str) -> None:
    kind = shipped_programmes()[name]
    page = office.get(reverse("kind", args=[name])).content.decode()
    assert kind.names["zh"] in page
    assert all(step.names["zh"] in page for step in kind.steps)
    assert all(leaf.names["zh"] in page for leaf in (kind.criteria.leaves() if kind.criteria else ()))
    assert "None" not in page and "member:" not in page


def test_a_version_that_does_not_stand_today_says_so(office: Client, officer: Account) -> None:
    row = accepted_version(officer, valid_from=date(2099, 1, 1))
    assert "自2099-01-01起" in office.get(reverse("kind", args=[SCHOOL])).content.decode()
    page = office.get(reverse("kind", args=[SCHOOL]), {"version": str(row.version)}).content.decode()
    assert "这不是今天立项所用的版本" in page and "自“立项”起60日内" in page
    assert office.get(reverse("kind", args=[SCHOOL]), {"version": "7"}).status_code == 404
    assert office.get(reverse("kind", args=["poetry"])).status_code == 404


def test_the_text_goes_out_as_it_is_read(office: Client, officer: Account) -> None:
    row = accepted_version(officer)
    address = reverse("kind_text", args=[SCHOOL])
    asked = {str(row.version): school_text(), "1": shipped_text(SCHOOL)}
    for version, text in asked.items():
        assert office.get(address, {"version": version}).content.decode() == text
