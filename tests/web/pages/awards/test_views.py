"""The list is filtered, searched and exported; everybody sees only what is theirs."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from services.awards.made_up import PLAIN, City
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_list_is_filtered_by_words_state_scheme_and_twin(city: City, browser: Browser) -> None:
    first, second = city.scheme(), city.scheme(year=2027)
    one, two = city.user("甲厂"), city.user("乙厂")
    city.granted(one, first)
    city.asked(one, second)
    city.asked(two, second, replace(PLAIN, subject="冷却水循环改造"))
    client = browser(city.clerk)

    def shown(**query: object) -> list[str]:
        page = client.get(reverse("awards"), query).content.decode()
        return [each for each in ("甲厂", "乙厂") if f"{each}</a>" in page]

    assert shown() == ["甲厂", "乙厂"]
    assert shown(q="冷却水") == ["乙厂"] == shown(q="乙厂")
    assert shown(state="approved") == ["甲厂"] == shown(twin="1") == shown(scheme=first.pk)
    assert shown(q="没有这样的") == []
    assert shown(state="no such state") == ["甲厂", "乙厂"]


def test_the_export_holds_what_the_filter_leaves(city: City, browser: Browser) -> None:
    scheme = city.scheme()
    city.granted(city.user("甲厂"), scheme)
    city.asked(city.user("乙厂"), scheme)
    answer = browser(city.clerk).get(reverse("awards_export", args=["xlsx"]), {"state": "approved"})
    cells = [
        str(cell)
        for row in load_workbook(io.BytesIO(answer.content)).active.values
        for cell in row
        if cell is not None
    ]
    assert "甲厂" in cells and "乙厂" not in cells and "已批准" in cells
    assert browser(city.clerk).get(reverse("awards_export", args=["pdf"])).status_code == GONE


def test_a_user_sees_its_own_awards_only(city: City, browser: Browser) -> None:
    scheme, own, other = city.scheme(), city.user("甲厂"), city.user("乙厂")
    mine, theirs = city.asked(own, scheme), city.asked(other, scheme)
    client = browser(city.filer(own))
    assert "节水型企业" in client.get(reverse("award", args=[mine.pk])).content.decode()
    assert client.get(reverse("award", args=[theirs.pk])).status_code == GONE
    assert reverse("award", args=[theirs.pk]) not in client.get(reverse("awards")).content.decode()
