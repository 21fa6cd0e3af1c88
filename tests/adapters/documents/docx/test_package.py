from __future__ import annotations

import pytest

from adapters.documents.making import TYPES, docx_of, paragraph, zip_of
from shuiheng.adapters.documents.docx.package import inside, local, number, word_parts
from shuiheng.adapters.documents.errors import DocumentRefusedError


def test_the_strict_spelling_of_the_format_is_read_like_the_usual_one() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body><w:p/></w:body></w:document>'
    parts = word_parts(zip_of({"[Content_Types].xml": TYPES, "word/document.xml": body}))
    assert parts.document.tag.endswith("2006/main}document")


@pytest.mark.parametrize("body", ["<w:p>", "", "no xml"])
def test_a_broken_body_is_refused(body: str) -> None:
    with pytest.raises(DocumentRefusedError, match=r"documents\.damaged"):
        word_parts(zip_of({"[Content_Types].xml": TYPES, "word/document.xml": body}))


def test_wrappers_that_only_mark_are_looked_through() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt><w:ins>{paragraph('乙')}</w:ins>"
    found = word_parts(docx_of(body)).document[0]
    assert [local(child) for child in inside(found)] == ["p", "p"]


def test_a_number_that_is_none_becomes_the_default() -> None:
    assert number("x", 4) == 4
    assert number("7") == 7
