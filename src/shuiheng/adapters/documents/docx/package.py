"""The parts of a Word package as XML trees, with one spelling of every name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.package_gate import WORKBOOK

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = etree._Element
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/math"
    ),
}
_LARGEST_PART = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class WordParts:
    """The parts of a Word package that hold words, each None when absent.

    `workbooks` counts the workbooks behind charts, which are not opened.
    """

    document: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None
    workbooks: int = 0


def word_parts(content: bytes) -> WordParts:
    """Return the parts of a .docx.

    Raises:
        DocumentRefusedError: `documents.damaged`: the package or a part cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            trees = {
                part: _tree(archive, names[f"word/{part}.xml"])
                for part in ("styles", "numbering", "footnotes", "endnotes")
                if f"word/{part}.xml" in names
            }
            main = _main_name(names)
            document = _tree(archive, main) if main else None
            workbooks = sum(WORKBOOK.fullmatch(name) is not None for name in archive.namelist())
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError):
        raise DocumentRefusedError("documents.damaged") from None
    if document is None or document.find(f"{W}body") is None:
        raise DocumentRefusedError("documents.damaged")
    return WordParts(
        document=document,
        styles=trees.get("styles"),
        numbering=trees.get("numbering"),
        footnotes=trees.get("footnotes"),
        endnotes=trees.get("endnotes"),
        workbooks=workbooks,
    )


def _main_name(names: dict[str, str]) -> str | None:
    """Return the name of the part with the body; some writers number it."""
    if "word/document.xml" in names:
        return names["word/document.xml"]
    found = sorted(
        name for low, name in names.items() if low.startswith("word/document") and low.endswith(".xml")
    )
    return found[0] if found else None


def _tree(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as part:
        content = part.read(_LARGEST_PART)
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise DocumentRefusedError("documents.damaged") from None


def local(element: Element) -> str:
    """Return the name of an element without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element | None, path: str, name: str = "val") -> str | None:
    """Return the attribute `name` of the element at `path` below `element`, or None."""
    found = element.find(path.replace("w:", W)) if element is not None else None
    return found.get(f"{W}{name}") if found is not None else None


def number(text: str | None, default: int = 0) -> int:
    """Return a whole number out of an attribute, or `default` when it is none."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def is_on(element: Element | None, path: str) -> bool:
    """Return whether the switch at `path` is there and not turned off."""
    found = element.find(path.replace("w:", W)) if element is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def inside(element: Element) -> Iterator[Element]:
    """Yield the children of an element, looking through wrappers that only mark them."""
    for child in element:
        name = local(child)
        if name in ("sdt",):
            for content in child.findall(f"{W}sdtContent"):
                yield from inside(content)
        elif name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo"):
            yield from inside(child)
        elif name in ("AlternateContent",):
            choice = next((part for part in child if local(part) == "Choice"), None)
            chosen = choice if choice is not None else next(iter(child), None)
            if chosen is not None:
                yield from inside(chosen)
        elif name:
            yield child
