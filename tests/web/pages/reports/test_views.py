"""The report is drafted, reviewed, issued and opened to its sources; letters go out in one run."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import make_account
from shuiheng.adapters.records.models import Account, Letter, ReportingPeriod, ReportRecord, Role
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
OK, GONE = 200, 404


@pytest.fixture
def period(officer: Account) -> ReportingPeriod:
    plan = make_plan(officer)
    make_task(plan, "改造灌区", make_unit("水利局"))
    return make_period(plan, officer)


def _as(role: Role) -> Client:
    client = Client()
    client.force_login(make_account(role.value, role))
    return client


def test_the_whole_way_of_a_report(office: Client, period: ReportingPeriod) -> None:
    asked = {"period": period.pk, "signer": "青禾市节水办", "addressees": "市发展改革委、市水利局"}
    shown = office.post(reverse("report_draft"), asked, follow=True).content.decode()
    assert "关于2026年上半年" in shown
    row = ReportRecord.objects.get()
    assert "审核通过" not in shown
    _as(Role.OFFICE_REVIEWER).post(reverse("report_step", args=[row.pk, "review"]))
    leader = _as(Role.OFFICE_LEADER)
    issued = leader.post(reverse("report_step", args=[row.pk, "issue"]), {"mark": "青节水办"}, follow=True)
    assert "青节水办〔" in issued.content.decode()
    assert "sha256:" in issued.content.decode()


def test_word_file_and_workbook_open_as_what_they_are(office: Client, period: ReportingPeriod) -> None:
    office.post(reverse("report_draft"), {"period": period.pk, "signer": "青禾市节水办"})
    key = ReportRecord.objects.get().pk
    for ending, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        content = office.get(reverse("report_file", args=[key, ending])).content
        assert part in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert office.get(reverse("report_file", args=[key, "exe"])).status_code == GONE


def test_a_report_that_was_altered_says_so(office: Client, period: ReportingPeriod) -> None:
    office.post(reverse("report_draft"), {"period": period.pk, "signer": "青禾市节水办"})
    row = ReportRecord.objects.get()
    row.content = row.content | {"snapshot_id": "sha256:" + "0" * 64}
    row.save()
    assert "与快照编号不符" in office.get(reverse("report", args=[row.pk])).content.decode()


def test_letters_are_asked_for_and_downloaded(
    office: Client,
    period: ReportingPeriod,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    unit = period.plan.register_tasks.get().parties.get().organisation
    address = reverse("letter_run", args=[period.pk])
    assert "水利局" in office.get(address).content.decode()
    wrong = office.post(address, {"unit": [unit.pk], "mark": "青", "answer_by": "2020-01-01"})
    assert "早于今天" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address, {"unit": [unit.pk], "mark": "青", "answer_by": timezone.localdate().isoformat()})
    letter = Letter.objects.get()
    assert office.get(reverse("letter_docx", args=[letter.pk])).status_code == OK
    assert "青〔" in office.get(reverse("letters")).content.decode()


def test_a_reader_sees_reports_and_writes_none(looker: Client, period: ReportingPeriod) -> None:
    assert looker.get(reverse("reports")).status_code == OK
    assert looker.post(reverse("report_draft"), {"period": period.pk, "signer": "x"}).status_code == GONE
    assert looker.get(reverse("letters")).status_code == GONE
