from __future__ import annotations

import pytest

from adapters.documents.making import RELATIONS, TYPES, W, docx_of, paragraph, zip_of
from shuiheng.adapters.containers.archive_gate import opened_archive
from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.documents.docx.reader import read_docx
from shuiheng.adapters.documents.limits import ReadingLimits
from shuiheng.adapters.documents.package_gate import (
    WORKBOOK,
    chart_workbooks,
    check_open_document,
    check_word_package,
)
from shuiheng.kernel import Severity

LIMITS = ReadingLimits()
BODY = f'<w:document xmlns:w="{W}"><w:body>{paragraph("推进改造。")}</w:body></w:document>'


def _docx(**extra: str) -> bytes:
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": BODY}
    return zip_of(
        {**parts, **{name.replace("__", "/").replace("_dot_", "."): text for name, text in extra.items()}}
    )


def _relation(kind: str) -> str:
    return RELATIONS.format(
        f'<Relationship Id="r1" Type="x/{kind}" TargetMode="External" Target="http://a.invalid"/>'
    )


HOSTILE = [
    (_docx(word__vbaProject_dot_bin="x"), "macros"),
    (
        zip_of(
            {
                "[Content_Types].xml": TYPES.replace("document.main", "document.macroEnabled.main"),
                "word/document.xml": BODY,
            }
        ),
        "macros",
    ),
    (_docx(word__embeddings__a_dot_bin="x"), "embedded"),
    (_docx(word__activeX__a_dot_xml="<a/>"), "embedded"),
    (_docx(word___rels__document_dot_xml_dot_rels=_relation("attachedTemplate")), "external_part"),
    (_docx(word___rels__document_dot_xml_dot_rels=_relation("image")), "external_part"),
    (
        _docx(word__styles_dot_xml='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        "xml_entities",
    ),
    (
        docx_of('<w:p><w:r><w:instrText xml:space="preserve"> DDEAUTO c:\\\\x </w:instrText></w:r></w:p>'),
        "active_field",
    ),
    (zip_of({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<a/>"}), "false_extension"),
    (zip_of({"word/document.xml": BODY}), "false_extension"),
]


@pytest.mark.parametrize(
    ("content", "code"), HOSTILE, ids=[f"{i}-{code}" for i, (_, code) in enumerate(HOSTILE)]
)
def test_a_package_that_holds_more_than_words_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(ContainerRefusedError) as refused:
        check_word_package(opened_archive(content, LIMITS), LIMITS)
    assert refused.value.cause == code


def test_a_link_to_a_web_page_is_no_reason_to_refuse() -> None:
    content = _docx(word___rels__document_dot_xml_dot_rels=_relation("hyperlink"))
    check_word_package(opened_archive(content, LIMITS), LIMITS)


def test_entities_in_wide_characters_are_found_too() -> None:
    wide = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16-le")
    content = zip_of({"[Content_Types].xml": TYPES, "word/document.xml": BODY, "word/styles.xml": wide})
    with pytest.raises(ContainerRefusedError, match=r"xml_entities"):
        check_word_package(opened_archive(content, LIMITS), LIMITS)


ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"Basic/script-lc.xml": "<a/>"}, "macros"),
        ({"Object 1/content.xml": "<a/>"}, "embedded"),
        ({"META-INF/manifest.xml": "<encryption-data/>"}, "encrypted"),
        ({"mimetype": "text/plain"}, "false_extension"),
    ],
)
def test_an_open_document_that_holds_more_than_words_is_refused(extra: dict[str, str], code: str) -> None:
    with pytest.raises(ContainerRefusedError) as refused:
        check_open_document(opened_archive(zip_of({**ODT, **extra}), LIMITS), LIMITS)
    assert refused.value.cause == code


def test_an_honest_open_document_passes() -> None:
    check_open_document(opened_archive(zip_of(ODT), LIMITS), LIMITS)


PACKAGE = (
    '<Relationship Id="r1" Target="../embeddings/a.xlsx" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"/>'
)
CHART = {
    "word/embeddings/a.xlsx": "PK no one opens this",
    "word/charts/chart1.xml": "<a/>",
    "word/charts/_rels/chart1.xml.rels": RELATIONS.format(PACKAGE),
}


def _with_chart(**more: str) -> bytes:
    plain = {"[Content_Types].xml": TYPES, "word/document.xml": BODY}
    return zip_of({**plain, **CHART, **{name.replace("__", "/"): text for name, text in more.items()}})


def test_the_workbook_behind_a_chart_is_let_in_unopened_and_told() -> None:
    content = _with_chart()
    archive = opened_archive(content, LIMITS, inner=WORKBOOK)
    check_word_package(archive, LIMITS)
    assert chart_workbooks(archive, LIMITS) == {"word/embeddings/a.xlsx"}
    (finding,) = read_docx(content).findings
    assert (finding.code, finding.severity) == ("documents.chart_not_read", Severity.NOTE)


@pytest.mark.parametrize(
    "more",
    [
        {"word/_rels/document.xml.rels": RELATIONS.format(PACKAGE.replace("../", ""))},
        {"word/_rels/document.xml.rels": RELATIONS.format(PACKAGE.replace("../", "/word/"))},
        {"word/charts/_rels/chart1.xml.rels": RELATIONS.format(PACKAGE.replace("/package", "/oleObject"))},
        {"word/charts/_rels/chart1.xml.rels": RELATIONS.format("")},
        {"word/embeddings/b.xlsx": "PK"},
        {"word/embeddings/oleObject1.bin": "x"},
    ],
)
def test_an_object_that_is_not_only_behind_a_chart_is_refused(more: dict[str, str]) -> None:
    with pytest.raises(ContainerRefusedError, match=r"embedded"):
        check_word_package(opened_archive(_with_chart(**more), LIMITS, inner=WORKBOOK), LIMITS)
