"""The search page."""

from __future__ import annotations

from django.test import Client

from shuiheng.adapters.records.models import PlanVersion


def test_what_was_searched_for_is_shown_as_words(office: Client, published: PlanVersion) -> None:
    page = office.get("/search/", {"q": "<b>灌区"}).content.decode()
    assert "&lt;b&gt;灌区" in page and "<b>灌区" not in page


def test_a_task_is_found_by_its_unit(office: Client, published: PlanVersion) -> None:
    assert len(office.get("/search/?q=农业农村局").context["found"].tasks) == 1
