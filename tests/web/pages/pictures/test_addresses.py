"""Every page of pictures opens, also where nothing is known."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from pictured_city import PicturedCity
from shuiheng.web.pages.pictures.addresses import picture_addresses

pytestmark = pytest.mark.django_db
PAGES = ("dual_control", "district_figures", "water_flow")


def test_the_pages_are_named_once() -> None:
    assert [address.name for address in picture_addresses()] == [*PAGES, "picture_export"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_that_nothing_is_known_and_shows_no_0(
    office: Client, city: PicturedCity, name: str
) -> None:
    page = office.get(reverse(name)).content.decode()
    assert "未知" in page and "青禾市" in page and ">0<" not in page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("asked", [{"city": "x"}, {"year": "99999"}, {"place": "-1"}, {"indicator": "x"}])
def test_a_strange_question_shows_what_is_usual(
    office: Client, city: PicturedCity, name: str, asked: dict[str, str]
) -> None:
    assert office.get(reverse(name), asked).status_code == 200
