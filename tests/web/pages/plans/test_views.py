"""Plans and their versions."""

from __future__ import annotations

from django.test import Client

from office import TEXT
from shuiheng.adapters.records.models import PlanVersion, VersionState


def test_the_original_comes_back_byte_for_byte_as_a_download(office: Client, ready: PlanVersion) -> None:
    response = office.get(f"/plans/{ready.plan.slug}/1/original/")
    assert response.content == TEXT.encode()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store"


def test_withdrawing_says_what_happened(office: Client, published: PlanVersion) -> None:
    page = office.post(f"/plans/{published.plan.slug}/1/withdraw/", follow=True).content.decode()
    assert "已撤回" in page
    published.refresh_from_db()
    assert published.state == VersionState.READY


def test_what_cannot_be_done_is_said_in_words(office: Client, published: PlanVersion) -> None:
    page = office.post(f"/plans/{published.plan.slug}/1/recompile/", follow=True).content.decode()
    assert "不能进行此操作" in page


def test_an_unknown_plan_is_not_found(office: Client) -> None:
    assert office.get("/plans/nowhere/").status_code == 404
    assert office.get("/plans/nowhere/7/original/").status_code == 404
