"""Lists of processes to be given up are sent in, shown, and ended."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office import make_account
from shuiheng.adapters.records.models import EliminationList, Role

pytestmark = pytest.mark.django_db
TEXT = "名称,类别,依据\nM751型水泵,设备,产业结构调整指导目录\n铁屑还原法,工艺,\n"


@pytest.fixture
def auditor() -> Client:
    """A browser of an auditor, who looks and changes nothing."""
    client = Client()
    client.force_login(make_account("shen", Role.AUDITOR))
    return client


def _send(office: Client, text: str = TEXT, **changed: str) -> None:
    sent = SimpleUploadedFile("目录.csv", text.encode("utf-8-sig"))
    office.post(
        "/projects/lists/send/",
        {"title": "淘汰目录2026", "valid_from": "2026-01-01", "file": sent, **changed},
    )


def test_a_list_is_taken_in_and_shown(office: Client) -> None:
    _send(office)
    page = office.get("/projects/lists/").content.decode()
    assert "淘汰目录2026" in page
    assert "铁屑还原法" in page
    assert EliminationList.objects.get().rows[0] == {
        "name": "M751型水泵",
        "kind": "设备",
        "source": "产业结构调整指导目录",
    }


@pytest.mark.parametrize(
    "changed", [{"text": "甲,乙\n1,2\n"}, {"text": "名称,类别,依据\n"}, {"valid_from": "x"}, {"title": " "}]
)
def test_a_list_that_cannot_be_read_is_refused_in_words(office: Client, changed: dict[str, str]) -> None:
    _send(office, **changed)
    assert not EliminationList.objects.exists()
    assert office.get("/projects/lists/").status_code == 200


def test_a_list_without_a_file_is_refused(office: Client) -> None:
    office.post("/projects/lists/send/", {"title": "x", "valid_from": "2026-01-01"})
    assert not EliminationList.objects.exists()


def test_a_list_is_ended(office: Client) -> None:
    _send(office)
    key = EliminationList.objects.get().pk
    office.post(f"/projects/lists/{key}/end/")
    assert "已停用" in office.get("/projects/lists/").content.decode()


def test_an_auditor_looks_and_does_not_send(auditor: Client) -> None:
    assert "没有目录" in auditor.get("/projects/lists/").content.decode()
    assert auditor.post("/projects/lists/send/").status_code == 404
