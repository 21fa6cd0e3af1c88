"""A report as a Word document in the form of official documents (GB/T 9704)."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from shuiheng.adapters.exports.official_boxes import NAMESPACES
from shuiheng.adapters.exports.official_foot import foot_xml
from shuiheng.adapters.exports.official_pages import footer_xml, section_xml, text_width_mm
from shuiheng.adapters.exports.official_styles import StyleId, font_table_xml, settings_xml, styles_xml
from shuiheng.adapters.exports.official_tables import table_xml
from shuiheng.adapters.exports.official_text import front_xml, paragraph_xml, text_xml
from shuiheng.reports.lines import annex_lines, foot_lines, front_lines
from shuiheng.reports.model import Annex, Report
from shuiheng.reports.official_form import OfficialForm

_KEPT = (
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def write_official_document(report: Report, form: OfficialForm) -> bytes:
    """Return the `.docx` of a report; the same report gives the same bytes.

    Words and numbers are those of the report: nothing is added but page numbers. Annexes
    begin on pages of their own; copies, snapshot and audit root stand at the foot of the
    last page.
    """
    document = Document(io.BytesIO(_empty_package(form)))
    body = document.element.body
    for element in _body(document, report, form):
        body.append(element)
    _describe(document, report)
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


@lru_cache(maxsize=4)
def _empty_package(form: OfficialForm) -> bytes:
    """Return a document of a form without any words, made once: thousands of notices begin with it."""
    document = Document()
    _replace_parts(document, form)
    body = document.element.body
    for child in list(body):
        body.remove(child)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _body(document: Any, report: Report, form: OfficialForm) -> list[Any]:
    """Return the elements of the body: one section for the front, one for each annex."""
    sides = [False, *(annex.is_landscape for annex in report.annexes)]
    parts = [list(front_xml(list(front_lines(report)), form))]
    count = len(report.annexes)
    parts += [
        _annex(annex, form, number=number, count=count)
        for number, annex in enumerate(report.annexes, start=1)
    ]
    width = text_width_mm(form, is_landscape=sides[-1])
    parts[-1].append(foot_xml(list(foot_lines(report)), form, width_mm=width))
    elements: list[Any] = []
    for index, (part, is_landscape) in enumerate(zip(parts, sides, strict=True)):
        held = [_element(xml) for xml in part]
        footers = _add_footers(document, form, is_landscape=is_landscape)
        section = _element(section_xml(form, is_landscape=is_landscape, footers=footers))
        if index < len(parts) - 1:
            held[-1].get_or_add_pPr().append(section)
            elements += held
        else:
            elements += [*held, section]
    return elements


def _annex(annex: Annex, form: OfficialForm, *, number: int, count: int) -> list[str]:
    width = text_width_mm(form, is_landscape=annex.is_landscape)
    parts = [text_xml(line, form) for line in annex_lines(annex, number=number, count=count)]
    last = len(annex.tables) - 1
    for index, table in enumerate(annex.tables):
        parts.append(table_xml(table, width_mm=width))
        if table.note:
            parts.append(paragraph_xml(StyleId.TABLE_TEXT, table.note))
        # Tables need a paragraph between them; a section ends with one that takes no room.
        parts.append(paragraph_xml(StyleId.END if index == last else StyleId.TABLE_TEXT, ""))
    return parts


def _element(xml: str) -> Any:
    """Return the element of a piece of XML whose prefixes are those of the document."""
    return parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>")[0]


def _replace_parts(document: Any, form: OfficialForm) -> None:
    """Put our own styles, settings and font table in place of those of the default template.

    What else it brings is let go: Japanese theme fonts, styles of an old edition, numbering
    that nothing uses, a picture of an empty page, the name of the program that made it.
    """
    part = document.part
    for rels in (part.rels, part.package.rels):
        for relation in [each for each, held in rels.items() if held.reltype not in _KEPT]:
            del rels[relation]
    part._styles_part._element = parse_xml(styles_xml(form))
    part._settings_part._element = parse_xml(settings_xml())
    part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = font_table_xml(form).encode("utf-8")


def _add_footers(document: Any, form: OfficialForm, *, is_landscape: bool) -> str:
    """Add the footers of a section and return the references to them."""
    references = ""
    for kind, is_even in (("default", False), ("even", True)):
        part, relation = document.part.add_footer_part()
        part._element = parse_xml(footer_xml(form, is_even=is_even, is_landscape=is_landscape))
        references += f'<w:footerReference w:type="{kind}" r:id="{relation}"/>'
    return references


def _describe(document: Any, report: Report) -> None:
    """Fill the properties that file managers show; the writer's own author and day go."""
    day = report.issued_on
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(1980, 1, 1, tzinfo=UTC)
    properties = document.core_properties
    properties.title, properties.author = report.title[:255], report.signer[:255]
    properties.identifier = report.snapshot_id or ""
    properties.created = properties.modified = at
    properties.comments = properties.keywords = properties.last_modified_by = ""
    properties.language = "zh-CN"


def _settled(content: bytes) -> bytes:
    """Return the package with one day for all its parts, so that equal reports give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


__all__ = ["write_official_document"]
