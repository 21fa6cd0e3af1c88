"""Evidence."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from pytest_django import Settings

from services.reporting import Reporting, make_person, make_reporting
from shuiheng.adapters.records.models import Event, Evidence, Progress, Role
from shuiheng.services.errors import (
    EmptyFileError,
    FileTooLargeError,
    NotPermittedError,
    NotThereError,
    ServiceError,
)
from shuiheng.services.file_progress import file_progress
from shuiheng.services.file_store import kept_content
from shuiheng.services.keep_evidence import (
    MOST_FILES,
    add_evidence,
    evidence_file,
    judge_evidence,
    media_type_of,
    remove_evidence,
)
from shuiheng.services.progress_errors import FieldRefusedError, OwnWorkError, StepRefusedError

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def _workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write(0, 0, "水量")
    return stream.getvalue()


def _filed(city: Reporting) -> Evidence:
    row = add_evidence(city.clerk, city.save().pk, PNG, name="现场.png")
    file_progress(city.clerk, row.progress_id)
    return row


def test_a_file_is_kept_with_its_hash_and_its_true_kind() -> None:
    city = make_reporting()
    row = add_evidence(city.clerk, city.save().pk, PNG, name="..\\照片\u202e.png")
    assert (row.original_name, row.media_type, row.submitted_by) == ("照片.png", "image/png", city.clerk)
    assert kept_content(row.stored_name) == PNG
    assert Event.objects.get(action="evidence.added").after == {"name": "照片.png", "sha256": row.sha256}


def test_the_same_file_twice_is_kept_once() -> None:
    city = make_reporting()
    key = city.save().pk
    assert add_evidence(city.clerk, key, PNG, name="a.png") == add_evidence(
        city.clerk, key, PNG, name="b.png"
    )
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "a.PNG", "image/png"),
        (PDF, "a.pdf", "application/pdf"),
        ("完成".encode(), "a.txt", "text/plain"),
        (_workbook(), "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_documents_workbooks_and_pictures_are_taken(content: bytes, name: str, kind: str) -> None:
    assert media_type_of(content, name) == kind


def _archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.exe", "MZ")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PNG, "a.html"),
        (b"<svg/>", "a.svg"),
        (b"MZ\x90\x00", "a.exe"),
        (b"MZ\x90\x00\x01\x00", "a.png"),
        (PNG, "a.pdf"),
        (PDF.replace(b"/Type", b"/JavaScript /Type"), "a.pdf"),
        (_archive(), "a.xlsx"),
        (_archive(), "a.zip"),
        (PNG, "noending"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_code(content: bytes, name: str) -> None:
    with pytest.raises(ServiceError):
        media_type_of(content, name)


def test_the_limits_of_size_and_number_hold(settings: Settings) -> None:
    city = make_reporting()
    key = city.save().pk
    with pytest.raises(EmptyFileError):
        add_evidence(city.clerk, key, b"", name="a.png")
    settings.UPLOAD_BYTES = len(PNG)
    with pytest.raises(FileTooLargeError):
        add_evidence(city.clerk, key, PNG + b"0", name="a.png")
    for number in range(MOST_FILES):
        add_evidence(city.clerk, key, PNG[:-2] + number.to_bytes(2, "big"), name="a.png")
    with pytest.raises(ServiceError) as caught:
        add_evidence(city.clerk, key, PNG[:-3] + b"abc", name="a.png")
    assert caught.value.code == "progress.evidence_many"


def test_a_filed_report_takes_no_file_and_gives_none_back() -> None:
    city = make_reporting()
    row = _filed(city)
    with pytest.raises(StepRefusedError):
        add_evidence(city.clerk, row.progress_id, PDF, name="a.pdf")
    with pytest.raises(StepRefusedError):
        remove_evidence(city.clerk, row.pk)


def test_a_removed_file_is_gone_from_sight_but_its_row_stays() -> None:
    city = make_reporting()
    row = add_evidence(city.clerk, city.save().pk, PNG, name="a.png")
    remove_evidence(city.colleague, row.pk)
    assert Evidence.objects.get().removed_at is not None
    with pytest.raises(NotThereError):
        evidence_file(city.clerk, row.pk)


def test_somebody_else_says_whether_it_is_good() -> None:
    city = make_reporting()
    row = _filed(city)
    both = make_person("both", city.bureau, Role.PARTNER_CLERK)
    Evidence.objects.filter(pk=row.pk).update(submitted_by=city.officer)
    with pytest.raises(OwnWorkError):
        judge_evidence(city.officer, row.pk, is_good=True)
    with pytest.raises(NotPermittedError):
        judge_evidence(both, row.pk, is_good=True)
    with pytest.raises(FieldRefusedError):
        judge_evidence(city.reviewer, row.pk, is_good=False, note=" ")
    row = judge_evidence(city.reviewer, row.pk, is_good=False, note="看不清")
    assert (row.is_good, row.note, row.reviewed_by) == (False, "看不清", city.reviewer)
    assert Event.objects.get(action="evidence.judged").after == {"is_good": False, "note": "看不清"}


def test_evidence_of_a_draft_is_not_judged_yet() -> None:
    city = make_reporting()
    row = add_evidence(city.clerk, city.save().pk, PNG, name="a.png")
    with pytest.raises(StepRefusedError):
        judge_evidence(city.reviewer, row.pk, is_good=True)


def test_a_file_opens_for_its_unit_the_lead_and_the_office_only() -> None:
    city = make_reporting()
    row = _filed(city)
    for who in (city.clerk, city.officer):
        assert evidence_file(who, row.pk).content == PNG
    with pytest.raises(NotThereError):
        evidence_file(city.stranger, row.pk)
    assert Event.objects.filter(action="evidence.opened").count() == 2


def test_a_file_that_was_changed_on_disk_is_not_given_out(settings: Settings) -> None:
    city = make_reporting()
    row = _filed(city)
    (settings.UPLOADS / row.stored_name).write_bytes(b"other")
    with pytest.raises(NotThereError):
        evidence_file(city.clerk, row.pk)
    assert Progress.objects.get().state == "filed"
