"""Styles: which paragraphs are headings, which take their number from their style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuiheng.adapters.documents.docx.package import Element, W, number, value

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """What a style says about its paragraphs, inherited values included."""

    outline: int | None = None
    list_id: str | None = None
    depth: int = 0
    is_title: bool = False


def paragraph_styles(root: Element | None) -> dict[str, ParagraphStyle]:
    """Return the paragraph styles by id; the default style under the empty id."""
    if root is None:
        return {}
    declared = {
        style.get(f"{W}styleId", ""): style
        for style in root.findall(f"{W}style")
        if style.get(f"{W}type") == "paragraph"
    }
    return {style_id: _resolved(style, declared) for style_id, style in declared.items()}


def _resolved(style: Element, declared: dict[str, Element]) -> ParagraphStyle:
    """Return the values of a style, each from the nearest style in the chain that has it."""
    outline: int | None = None
    list_id: str | None = None
    depth: int | None = None
    is_title = (value(style, "w:name") or "").lower() in ("title", "subtitle", "标题")
    current: Element | None = style
    for _ in range(_LONGEST_CHAIN):
        if current is None:
            break
        shape = current.find(f"{W}pPr")
        if outline is None:
            outline = _outline(current, shape)
        if list_id is None:
            list_id = value(shape, "w:numPr/w:numId")
        if depth is None and value(shape, "w:numPr/w:ilvl") is not None:
            depth = number(value(shape, "w:numPr/w:ilvl"))
        current = declared.get(value(current, "w:basedOn") or "")
    return ParagraphStyle(outline=outline, list_id=list_id, depth=depth or 0, is_title=is_title)


def _outline(style: Element, shape: Element | None) -> int | None:
    level = value(shape, "w:outlineLvl")
    if level is not None:
        return number(level) + 1
    name = _HEADING_NAME.match(value(style, "w:name") or "")
    return int(name[1]) if name else None
