"""A document is added to a user by a form and sent as a download."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shuiheng.adapters.records.models import LedgerDocument
from web.pages.ledger.conftest import Ledger


def test_a_document_is_added_and_opened_from_the_page(office: Client, ledger: Ledger) -> None:
    path = f"/ledger/{ledger.mill.pk}/documents/add/"
    posted = {"kind": "contract", "on": "2026-01-01", "title": "供水合同"}
    refused = office.post(path, posted)  # without a file
    assert refused.status_code == 422 and 'value="供水合同"' in refused.content.decode()
    sent = SimpleUploadedFile("合同.txt", "正文".encode())
    assert office.post(path, {**posted, "file": sent}).status_code == 302
    row = LedgerDocument.objects.get()
    assert "供水合同" in office.get(f"/ledger/{ledger.mill.pk}/").content.decode()
    answer = office.get(f"/ledger/documents/{row.pk}/")
    assert answer.content.decode() == "正文" and "attachment" in answer["Content-Disposition"]


def test_a_reader_neither_adds_nor_opens_one(looker: Client, ledger: Ledger) -> None:
    assert looker.get(f"/ledger/{ledger.mill.pk}/documents/add/").status_code == 404
    assert looker.get("/ledger/documents/1/").status_code == 404
