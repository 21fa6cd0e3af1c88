from __future__ import annotations

import pytest

from adapters.documents.making import PdfPage, docx_of, paragraph, pdf_of
from shuiheng.adapters.documents.drafts import Draft
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.forms import Form
from shuiheng.adapters.documents.readers import draft_of


def _draft(form: Form, content: bytes) -> tuple[Draft, list[str]]:
    told: list[str] = []
    draft = draft_of(
        form,
        content,
        recognise=False,
        fence=lambda: told.append("fence"),
        on_page=lambda *_: told.append("page"),
    )
    return draft, told


@pytest.mark.parametrize(
    ("form", "content"),
    [
        (Form.TEXT, "推进改造。".encode()),
        (Form.DOCX, docx_of(paragraph("推进改造。"))),
        (Form.PDF, pdf_of(PdfPage().text(90, 90, "推进改造。"))),
        (Form.HTML, "<html><body><p>推进改造。</p></body></html>".encode()),
    ],
)
def test_each_form_gives_the_same_words_and_the_fence_stands_before_the_first_page(
    form: Form, content: bytes
) -> None:
    draft, told = _draft(form, content)
    assert [block.text for block in draft.blocks] == ["推进改造。"]
    assert told == ["fence", "page"]


def test_a_form_that_must_be_converted_first_has_no_reader() -> None:
    with pytest.raises(DocumentRefusedError, match=r"documents\.unknown_form"):
        _draft(Form.DOC, b"")
