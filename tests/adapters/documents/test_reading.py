from __future__ import annotations

import pytest

from adapters.documents.making import PdfPage, cell, docx_of, paragraph, pdf_of, table
from shuiheng.adapters.documents import DocumentRefusedError, ReadingLimits, read_document
from shuiheng.adapters.documents.reading import has_recognition
from shuiheng.plans.document_json import document_from_json, document_json

ROWS = [[cell("序号"), cell("任务"), cell("牵头单位")], [cell("1"), cell("检查"), cell("市水利局")]]


def test_a_word_file_is_read_in_a_process_of_its_own() -> None:
    document = read_document(docx_of(paragraph("任务表") + table(*ROWS)), name="方案.docx")
    assert document.text == "任务表\n序号\t任务\t牵头单位\t1\t检查\t市水利局"
    assert (document.name, document.reader) == ("方案.docx", "docx/1")
    assert document_from_json(document_json(document)) == document


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    pages = [PdfPage().text(114, 120, f"第{word}项工作。") for word in "一二三"]
    document = read_document(pdf_of(*pages), name="a.pdf", on_progress=lambda *step: told.append(step))
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert document.page_count == 3


def test_a_file_that_needs_more_memory_than_allowed_is_refused_not_fatal() -> None:
    limits = ReadingLimits(memory_bytes=30 * 1024 * 1024)
    with pytest.raises(DocumentRefusedError, match=r"documents\.too_much_memory"):
        read_document(pdf_of(PdfPage().text(90, 90, "推进改造。")), name="a.pdf", limits=limits)


def test_a_file_that_the_gate_refuses_starts_no_process() -> None:
    with pytest.raises(DocumentRefusedError, match=r"documents\.false_extension"):
        read_document(b"%PDF-1.7", name="a.docx")


def test_recognition_is_there_or_not() -> None:
    assert has_recognition() in (True, False)
