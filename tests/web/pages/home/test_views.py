"""The first page."""

from __future__ import annotations

from django.test import Client

from shuiheng.adapters.records.models import PlanVersion


def test_an_empty_office_is_told_what_to_do(office: Client) -> None:
    page = office.get("/").content.decode()
    assert "上传第一个方案" in page


def test_a_reader_of_an_empty_office_is_not_offered_to_upload(looker: Client) -> None:
    assert "上传第一个方案" not in looker.get("/").content.decode()


def test_plans_with_their_state_and_counts_are_shown(office: Client, published: PlanVersion) -> None:
    response = office.get("/")
    assert response.context["totals"].tasks == 4
    assert "青禾市节水工作实施方案" in response.content.decode()


def test_the_first_page_takes_nothing_in(office: Client) -> None:
    assert office.post("/").status_code == 405
