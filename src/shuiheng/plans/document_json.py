"""A read document as JSON and back: what crosses from the reading process and what is stored."""

from __future__ import annotations

from typing import Any

from shuiheng.kernel.json_fields import Fields, JsonFormatError
from shuiheng.plans.document import Block, BlockKind, Cell, MergeEvidence, SourceDocument
from shuiheng.plans.plan_json import finding_json
from shuiheng.plans.plan_reading import finding_from_json

FORMAT = "shuiheng.document/1"
Json = dict[str, Any]


def document_json(document: SourceDocument) -> Json:
    """Return the document as plain JSON values."""
    return {
        "format": FORMAT,
        "name": document.name,
        "media_type": document.media_type,
        "text": document.text,
        "page_count": document.page_count,
        "reader": document.reader,
        "blocks": [_block_json(block) for block in document.blocks],
        "findings": [finding_json(finding) for finding in document.findings],
        "page_starts": [list(start) for start in document.page_starts],
    }


def document_from_json(source: object) -> SourceDocument:
    """Return the document of JSON values that `document_json` made.

    Raises:
        JsonFormatError: A field is missing or of the wrong form; the error names its place.
    """
    fields = Fields(source, "document")
    return SourceDocument(
        name=fields.take("name", str),
        media_type=fields.take("media_type", str),
        text=fields.take("text", str),
        page_count=fields.get("page_count", int),
        reader=fields.take("reader", str),
        blocks=tuple(fields.each("blocks", _block_from)),
        findings=tuple(fields.each("findings", finding_from_json)),
        page_starts=tuple(fields.each("page_starts", _page_start_from)),
    )


def _block_json(block: Block) -> Json:
    return {
        "kind": block.kind.value,
        "span": [block.span.start, block.span.end],
        "page": block.page,
        "level": block.level,
        "rows": block.row_count,
        "columns": block.column_count,
        "confidence": block.confidence,
        "cells": [_cell_json(cell) for cell in block.cells],
    }


def _cell_json(cell: Cell) -> Json:
    return {
        "at": [cell.row, cell.column, cell.row_span, cell.column_span],
        "span": [cell.span.start, cell.span.end],
        "page": cell.page,
        "is_header": cell.is_header,
        "merge": cell.merge.value,
        "confidence": cell.confidence,
    }


def _page_start_from(fields: Fields) -> tuple[int, int]:
    pair = fields.itself(list)
    if len(pair) != 2 or not all(isinstance(value, int) for value in pair):
        raise JsonFormatError(fields.place, "expected [offset, page]")
    return pair[0], pair[1]


def _block_from(fields: Fields) -> Block:
    return Block(
        kind=fields.word("kind", BlockKind),
        span=fields.span("span"),
        page=fields.get("page", int),
        level=fields.get("level", int),
        row_count=fields.take("rows", int),
        column_count=fields.take("columns", int),
        confidence=float(fields.number("confidence") or 0),
        cells=tuple(fields.each("cells", _cell_from)),
    )


def _cell_from(fields: Fields) -> Cell:
    row, column, row_span, column_span = fields.each("at", lambda f: f.itself(int))
    return Cell(
        row=row,
        column=column,
        row_span=row_span,
        column_span=column_span,
        span=fields.span("span"),
        page=fields.get("page", int),
        is_header=bool(fields.get("is_header", bool)),
        merge=fields.word("merge", MergeEvidence),
        confidence=float(fields.number("confidence") or 0),
    )
