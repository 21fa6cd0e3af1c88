"""A report as JSON, both ways, and the id under which it is frozen (docs/formats/reports.md)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from shuiheng.kernel.json_fields import Fields, JsonFormatError
from shuiheng.kernel.period import Period
from shuiheng.reports.document_number import DocumentNumber, parse_document_number
from shuiheng.reports.errors import (
    AlteredReportError,
    ConflictingFigureError,
    UnreadableWordsError,
    UnsayableNumberError,
)
from shuiheng.reports.model import (
    Annex,
    Cell,
    Column,
    Figure,
    Paragraph,
    Part,
    Quality,
    Report,
    ReportKind,
    Section,
    Table,
    figures_of,
)

FORMAT = "shuiheng.report/1"
DEEPEST = 8
_LONGEST = 60
Json = dict[str, Any]
Figures = dict[str, Figure]


def report_json(report: Report) -> Json:
    """Return the report as plain JSON values; each figure stands once, places name its key.

    Raises:
        ConflictingFigureError: Two different figures have one key.
        UnsayableNumberError: A value is not finite, or longer than any measure.
    """
    number = report.document_number
    return {
        "format": FORMAT,
        "kind": report.kind.value,
        "title": report.title,
        "place": report.place,
        "period": (
            [report.period.first.isoformat(), report.period.last.isoformat()] if report.period else None
        ),
        "document_number": str(number) if number else None,
        "letterhead": report.letterhead,
        "addressees": list(report.addressees),
        "opening": [_paragraph_json(paragraph) for paragraph in report.opening],
        "sections": [_section_json(section) for section in report.sections],
        "closing": [_paragraph_json(paragraph) for paragraph in report.closing],
        "annexes": [_annex_json(annex) for annex in report.annexes],
        "signer": report.signer,
        "issued_on": report.issued_on.isoformat() if report.issued_on else None,
        "contact": report.contact,
        "copies_to": list(report.copies_to),
        "figures": {key: _figure_json(figure) for key, figure in sorted(_figures(report).items())},
        "snapshot_id": report.snapshot_id,
        "audit_root": report.audit_root,
    }


def snapshot_id(report: Report) -> str:
    """Return the id of a report's content (快照编号): a hash of all but the id and the audit root."""
    bare = report_json(replace(report, snapshot_id=None, audit_root=None))
    content = json.dumps(bare, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(content.encode('utf-8')).hexdigest()}"


def freeze(report: Report, *, audit_root: str | None) -> Report:
    """Return the report with its snapshot id and the root of the sealed event log."""
    return replace(report, snapshot_id=snapshot_id(report), audit_root=audit_root)


def verify_snapshot(report: Report) -> None:
    """Raise AlteredReportError unless a frozen report has the content of its snapshot id."""
    computed = snapshot_id(report)
    if report.snapshot_id is not None and report.snapshot_id != computed:
        raise AlteredReportError(report.snapshot_id, computed)


def report_from_json(source: object) -> Report:
    """Return the report of JSON values.

    Raises:
        JsonFormatError: The values do not have the form of the format.
    """
    fields = Fields(source, "report")
    if fields.take("format", str) != FORMAT:
        raise JsonFormatError("report.format", f"expected {FORMAT}")
    raw = fields.take("figures", dict)
    figures = {key: _figure(key, fields.at("figures").at(key)) for key in raw}
    return Report(
        kind=fields.word("kind", ReportKind),
        title=fields.take("title", str),
        place=fields.take("place", str),
        period=_period(fields),
        document_number=_number(fields),
        letterhead=fields.take("letterhead", str),
        addressees=_words(fields, "addressees"),
        opening=_paragraphs(fields, "opening", figures),
        sections=_sections(fields, figures, 1),
        closing=_paragraphs(fields, "closing", figures),
        annexes=tuple(fields.each("annexes", lambda annex: _annex(annex, figures))),
        signer=fields.take("signer", str),
        issued_on=fields.day("issued_on"),
        contact=fields.take("contact", str),
        copies_to=_words(fields, "copies_to"),
        snapshot_id=fields.get("snapshot_id", str),
        audit_root=fields.get("audit_root", str),
    )


def _figures(report: Report) -> Figures:
    found: Figures = {}
    for figure in figures_of(report):
        first = found.setdefault(figure.key, figure)
        if first != figure:
            raise ConflictingFigureError(figure.key, first=first.shown, second=figure.shown)
    return found


def _figure_json(figure: Figure) -> Json:
    """Return a figure as JSON; inputs only where there are any, so that older snapshots keep their id."""
    inputs = {"inputs": list(figure.inputs)} if figure.inputs else {}
    return inputs | {
        "value": None if figure.value is None else _exact(figure.value),
        "unit": figure.unit,
        "shown": figure.shown,
        "sources": list(figure.sources),
        "quality": figure.quality.value,
    }


def _exact(value: Decimal) -> str:
    """Return a number as text, the same for equal numbers: 0.10 and 0.1 are one."""
    if not _is_ordinary(value):
        raise UnsayableNumberError(str(value), "it is not finite, or longer than any measure")
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _is_ordinary(value: Decimal) -> bool:
    """Return whether a number can stand in a report: what is written must read back."""
    return (
        value.is_finite() and abs(value.adjusted()) <= _LONGEST and len(value.as_tuple().digits) <= _LONGEST
    )


def _cell_json(cell: Cell) -> str | Json | list[str | Json]:
    return _paragraph_json(cell) if isinstance(cell, Paragraph) else _part_json(cell)


def _part_json(part: Part) -> str | Json:
    return {"figure": part.key} if isinstance(part, Figure) else part


def _paragraph_json(paragraph: Paragraph) -> list[str | Json]:
    return [_part_json(part) for part in paragraph.parts]


def _section_json(section: Section) -> Json:
    return {
        "heading": section.heading,
        "paragraphs": [_paragraph_json(paragraph) for paragraph in section.paragraphs],
        "sections": [_section_json(child) for child in section.sections],
    }


def _annex_json(annex: Annex) -> Json:
    return {
        "title": annex.title,
        "paragraphs": [_paragraph_json(paragraph) for paragraph in annex.paragraphs],
        "tables": [
            {
                "key": table.key,
                "columns": [{"key": c.key, "title": c.title, "width": c.width} for c in table.columns],
                "rows": [[_cell_json(cell) for cell in row] for row in table.rows],
                "note": table.note,
            }
            for table in annex.tables
        ],
        "is_landscape": annex.is_landscape,
    }


def _figure(key: str, fields: Fields) -> Figure:
    text = fields.get("value", str)
    try:
        value = Decimal(text) if text is not None else None
    except InvalidOperation as error:
        raise JsonFormatError(f"{fields.place}.value", "expected a number as text") from error
    if value is not None and not _is_ordinary(value):
        raise JsonFormatError(f"{fields.place}.value", "expected a finite number of ordinary length")
    return Figure(
        key=key,
        value=value,
        unit=fields.take("unit", str),
        shown=fields.take("shown", str),
        sources=_words(fields, "sources"),
        quality=fields.word("quality", Quality),
        inputs=_words(fields, "inputs"),
    )


def _cell(fields: Fields, figures: Figures) -> Cell:
    if isinstance(fields.source, list):
        return Paragraph(parts=_parts(fields, figures))
    return _part(fields, figures)


def _part(fields: Fields, figures: Figures) -> Part:
    if isinstance(fields.source, str):
        return fields.source
    key = fields.take("figure", str)
    if key not in figures:
        raise JsonFormatError(f"{fields.place}.figure", f"there is no figure {key!r}")
    return figures[key]


def _parts(fields: Fields, figures: Figures) -> tuple[Part, ...]:
    return tuple(_part(item, figures) for item in _items(fields))


def _cells(fields: Fields, figures: Figures) -> tuple[Cell, ...]:
    return tuple(_cell(item, figures) for item in _items(fields))


def _items(fields: Fields) -> list[Fields]:
    return [Fields(item, f"{fields.place}[{index}]") for index, item in enumerate(fields.itself(list))]


def _paragraphs(fields: Fields, name: str, figures: Figures) -> tuple[Paragraph, ...]:
    return tuple(fields.each(name, lambda each: Paragraph(parts=_parts(each, figures))))


def _sections(fields: Fields, figures: Figures, depth: int) -> tuple[Section, ...]:
    if depth > DEEPEST:
        raise JsonFormatError(fields.place, "sections are nested too deeply")
    return tuple(
        fields.each(
            "sections",
            lambda each: Section(
                heading=each.take("heading", str),
                paragraphs=_paragraphs(each, "paragraphs", figures),
                sections=_sections(each, figures, depth + 1),
            ),
        )
    )


def _annex(fields: Fields, figures: Figures) -> Annex:
    return Annex(
        title=fields.take("title", str),
        paragraphs=_paragraphs(fields, "paragraphs", figures),
        tables=tuple(fields.each("tables", lambda table: _table(table, figures))),
        is_landscape=fields.take("is_landscape", bool),
    )


def _table(fields: Fields, figures: Figures) -> Table:
    return Table(
        key=fields.take("key", str),
        columns=tuple(
            fields.each(
                "columns",
                lambda column: Column(
                    key=column.take("key", str),
                    title=column.take("title", str),
                    width=column.take("width", int),
                ),
            )
        ),
        rows=tuple(fields.each("rows", lambda row: _cells(row, figures))),
        note=fields.take("note", str),
    )


def _words(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(fields.each(name, lambda each: each.itself(str)))


def _period(fields: Fields) -> Period | None:
    pair = fields.get("period", list)
    if pair is None:
        return None
    if len(pair) != 2 or not all(isinstance(day, str) for day in pair):
        raise JsonFormatError(f"{fields.place}.period", "expected [first day, last day]")
    try:
        return Period(date.fromisoformat(pair[0]), date.fromisoformat(pair[1]))
    except ValueError as error:
        raise JsonFormatError(f"{fields.place}.period", "expected YYYY-MM-DD") from error


def _number(fields: Fields) -> DocumentNumber | None:
    text = fields.get("document_number", str)
    try:
        return parse_document_number(text) if text is not None else None
    except UnreadableWordsError as error:
        raise JsonFormatError(f"{fields.place}.document_number", "expected 机关代字〔2026〕12号") from error
