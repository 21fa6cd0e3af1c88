"""Notices hold what the charge holds, word for word, and the same charge gives the same bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from services.charges.made_up import DUE, Callbacks, City, book, use_book
from shuiheng.adapters.documents import read_document
from shuiheng.adapters.records.models import Charge, ChargeRun
from shuiheng.services.charges.charge_jobs import ask_notices
from shuiheng.services.charges.issue_run import issue_run, review_run
from shuiheng.services.charges.write_notices import derivation_file, notice_file
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_store import kept_content

pytestmark = pytest.mark.django_db


def _text(content: bytes) -> str:
    return read_document(content, name="notice.docx").text


def test_all_notices_of_a_run_come_in_one_archive(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for name in ("甲厂", "乙厂"):
        city.user(name, litres={3: 120_000})
    run = city.run(django_capture_on_commit_callbacks)
    review_run(city.reviewer, run.pk)
    issue_run(city.leader, run.pk, mark="青节水", due_on=DUE)
    with django_capture_on_commit_callbacks(execute=True):
        job = ask_notices(city.leader, run.pk)
    job.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(kept_content(job.result_stored_name))) as archive:
        names = archive.namelist()
        text = _text(archive.read(names[0]))
    assert [name.split("_", 2)[2] for name in names] == ["甲厂.docx", "乙厂.docx"]
    first = Charge.objects.filter(run=run).order_by("pk")[0]
    for words in (first.number, "甲厂", "120.00元", "人民币壹佰贰拾元整", "2099年1月1日", "0–10%"):
        assert words in text
    assert notice_file(first) == notice_file(Charge.objects.get(pk=first.pk))


def test_a_trial_says_so_on_its_derivation_and_has_no_notice(
    city: City, django_capture_on_commit_callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_book(monkeypatch, book(unchecked="charges/over_plan_ladder"))
    city.user("甲厂", litres={3: 120_000})
    city.user("乙厂", litres={})
    run: ChargeRun = city.run(django_capture_on_commit_callbacks)
    known, unknown = run.charges.order_by("pk")
    text = _text(derivation_file(known))
    assert "试算" in text
    assert "未核对" in text
    with pytest.raises(ServiceError) as refused:
        notice_file(known)
    assert refused.value.code == "charges.not_issued"
    with pytest.raises(ServiceError) as refused:
        derivation_file(unknown)
    assert refused.value.code == "charges.no_amount"
