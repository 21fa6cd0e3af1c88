"""A run goes from a draft to notices on its page; a trial says why it is one and cannot be issued."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from office import make_account
from services.charges.made_up import book, use_book
from shuiheng.adapters.records.models import ChargeRun, Event, Job, Role
from shuiheng.services.file_store import kept_content
from web.pages.charges.conftest import Desk, _browser, sent, shown

pytestmark = pytest.mark.django_db
GONE = 404


def _begun(desk: Desk) -> ChargeRun:
    with desk.callbacks(execute=True):
        sent(desk.clerk, "new_charge_run", kind="over_plan", month="2025-03")
    return ChargeRun.objects.latest("pk")


def test_a_run_is_begun_reviewed_issued_and_its_notices_written(desk: Desk) -> None:
    assert "还没有核算批次" in shown(desk.clerk, "charges")
    run = _begun(desk)
    page = shown(desk.clerk, "charge_run", run.pk)
    for words in ("300.00", "青禾印染厂", "135", "草稿", "第三条"):
        assert words in page
    assert "复核通过" not in page  # the maker does not review
    assert "复核通过" in shown(desk.reviewer, "charge_run", run.pk)
    assert "批次已复核" in sent(desk.reviewer, "review_charge_run", run.pk)
    issued = sent(desk.leader, "issue_charge_run", run.pk, mark="青节水", due_on="2099-01-01")
    assert "费用已发出" in issued
    assert "青节水〔" in issued
    with desk.callbacks(execute=True):
        sent(desk.leader, "charge_notices", run.pk)
    job = Job.objects.filter(kind="charges").latest("pk")
    with zipfile.ZipFile(io.BytesIO(kept_content(job.result_stored_name))) as archive:
        assert len(archive.namelist()) == 1


def test_a_trial_names_the_values_that_nobody_checked_and_offers_no_issue(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(unchecked="charges/over_plan_ladder"))
    run = _begun(desk)
    sent(desk.reviewer, "review_charge_run", run.pk)
    page = shown(desk.leader, "charge_run", run.pk)
    assert "这是试算，不能发出" in page
    assert "is-trial" in page
    assert "编号并发出" not in page
    refused = sent(desk.leader, "issue_charge_run", run.pk, mark="青节水", due_on="2099-01-01")
    assert "金额只是试算，不能发出" in refused
    assert "批次已退回" in sent(desk.reviewer, "return_charge_run", run.pk, reason="待核对规则")
    assert "批次已撤回" in sent(desk.clerk, "withdraw_charge_run", run.pk, reason="重做")


def test_what_is_not_known_is_shown_as_unknown_and_can_be_filtered(desk: Desk) -> None:
    desk.city.user("无数用户", litres={})
    run = _begun(desk)
    page = shown(desk.clerk, "charge_run", run.pk, outcome="unknown")
    assert "无数用户" in page and "青禾印染厂" not in page
    assert "水量未知" in page and "另有 1 笔金额未知" in page
    assert "没有符合条件的费用" in shown(desk.clerk, "charge_run", run.pk, q="没有这一户")


def test_a_run_is_exported_with_its_filter_and_the_export_is_written_down(desk: Desk) -> None:
    desk.city.user("无数用户", litres={})
    run = _begun(desk)
    answer = desk.clerk.get(reverse("charge_run_export", args=[run.pk, "xlsx"]), {"outcome": "due"})
    cells = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.content)).active.rows]
    (row,) = [cells_ for cells_ in cells if "青禾印染厂" in cells_]
    assert 300 in row and 135 in row
    assert not any("无数用户" in cells_ for cells_ in cells)
    assert Event.objects.filter(action="table.exported", subject=f"charge_run:{run.pk}").exists()
    assert desk.clerk.get(reverse("charge_run_export", args=[run.pk, "pdf"])).status_code == GONE


@pytest.mark.parametrize(
    ("kind", "month"), [("poetry", "2025-03"), ("over_plan", "03"), ("over_plan", "2099-01")]
)
def test_what_cannot_be_run_is_said_and_nothing_is_made(desk: Desk, kind: str, month: str) -> None:
    assert 'class="messages"' in sent(desk.clerk, "new_charge_run", kind=kind, month=month)
    assert not ChargeRun.objects.exists()


def test_others_see_no_run_and_have_no_button(desk: Desk) -> None:
    run = _begun(desk)
    assert desk.payer.get(reverse("charge_run", args=[run.pk])).status_code == GONE
    auditor = _browser(make_account("cha", Role.AUDITOR))
    assert "重新计算" not in shown(auditor, "charge_run", run.pk)
    assert auditor.post(reverse("compute_charge_run", args=[run.pk])).status_code == GONE
