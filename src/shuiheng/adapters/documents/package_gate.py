"""What an office package may not hold: macros, embedded objects, outside parts, entities."""

from __future__ import annotations

import re
import zipfile
import zlib
from posixpath import normpath

from shuiheng.adapters.documents.archive_gate import WORKBOOK
from shuiheng.adapters.documents.errors import DocumentRefused
from shuiheng.adapters.documents.forms import Form
from shuiheng.adapters.documents.limits import ReadingLimits

_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]{0,4000}>", re.S)
_EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.I)
_PACKAGE = re.compile(rb"Type\s*=\s*[\"'][^\"']{0,200}/relationships/package[\"']", re.I)
_TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']{1,400})[\"']", re.I)
_RELATIONS_PART = re.compile(r"((?:[^/]{1,120}/){0,8})_rels/[^/]{0,120}\.rels")
_CHARTS = "word/charts/"
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']{0,200}/hyperlink[\"']", re.I)
_INSTRUCTION = re.compile(
    rb"<w:instrText[^>]{0,200}>\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE\s+\"?https?:)", re.I
)
_ENTITY_MARKS = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)


def check_word_package(archive: zipfile.ZipFile, limits: ReadingLimits) -> None:
    """Refuse a .docx that is none, or that holds more than words.

    Raises:
        DocumentRefused: With the name of what it holds.
    """
    names = {part.filename for part in archive.infolist()}
    if "[Content_Types].xml" not in names:
        raise DocumentRefused("documents.false_extension", claimed="docx", found=_found(names))
    kinds = part_bytes(archive, "[Content_Types].xml", limits)
    if b"macroEnabled" in kinds or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DocumentRefused("documents.macros")
    if b"wordprocessingml" not in kinds or not any(name.startswith("word/") for name in names):
        raise DocumentRefused("documents.false_extension", claimed="docx", found=_found(names))
    workbooks = chart_workbooks(archive, limits)
    for name in sorted(names - workbooks):
        _check_member(archive, name, limits)


def chart_workbooks(archive: zipfile.ZipFile, limits: ReadingLimits) -> frozenset[str]:
    """Return the workbooks that hold the figures of a chart and that nothing but charts refers to.

    Raises:
        DocumentRefused: A part that tells of relations is damaged.
    """
    by_charts: set[str] = set()
    by_others: set[str] = set()
    names = [part.filename for part in archive.infolist()]
    for name in names:
        place = _RELATIONS_PART.fullmatch(name)
        if place is None:
            continue
        for relation in _RELATION.findall(part_bytes(archive, name, limits)):
            target = _TARGET.search(relation)
            if target is None:
                continue
            words = target[1].decode("utf-8", "replace")
            path = words.lstrip("/") if words.startswith("/") else normpath(f"{place[1]}{words}")
            is_of_chart = place[1] == _CHARTS and _PACKAGE.search(relation) and not _EXTERNAL.search(relation)
            (by_charts if is_of_chart else by_others).add(path)
    return frozenset(name for name in names if WORKBOOK.fullmatch(name) and name in by_charts - by_others)


def check_open_document(archive: zipfile.ZipFile, limits: ReadingLimits) -> None:
    """Refuse an .odt that is none, or that holds more than words.

    Raises:
        DocumentRefused: With the name of what it holds.
    """
    names = {part.filename for part in archive.infolist()}
    stated = part_bytes(archive, "mimetype", limits).strip() if "mimetype" in names else b""
    if stated != Form.ODT.media_type.encode("ascii"):
        raise DocumentRefused("documents.false_extension", claimed="odt", found=_found(names))
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise DocumentRefused("documents.macros")
    if any(re.match(r"Object ?\d|ObjectReplacements/", name) for name in names):
        raise DocumentRefused("documents.embedded", part="Object")
    if "META-INF/manifest.xml" in names and b"encryption-data" in part_bytes(
        archive, "META-INF/manifest.xml", limits
    ):
        raise DocumentRefused("documents.encrypted")
    for name in sorted(names):
        _check_member(archive, name, limits)


def part_bytes(archive: zipfile.ZipFile, name: str, limits: ReadingLimits) -> bytes:
    """Return one part, never more than the directory says.

    Raises:
        DocumentRefused: The part is damaged.
    """
    try:
        with archive.open(name) as part:
            content = part.read(limits.unpacked_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError):
        raise DocumentRefused("documents.damaged_archive") from None
    if len(content) > limits.unpacked_bytes:
        raise DocumentRefused("documents.bomb", part=name, size=str(len(content)))
    return content


def _check_member(archive: zipfile.ZipFile, name: str, limits: ReadingLimits) -> None:
    lower = name.lower()
    if (
        "/embeddings/" in lower
        or "/activex/" in lower
        or lower.endswith((".ole", ".exe", ".dll", ".js", ".vbs"))
    ):
        raise DocumentRefused("documents.embedded", part=name)
    if not lower.endswith((".xml", ".rels", ".rdf", ".vml")):
        return
    content = part_bytes(archive, name, limits)
    if any(mark in content for mark in _ENTITY_MARKS):
        raise DocumentRefused("documents.xml_entities", part=name)
    if lower.endswith(".rels"):
        for relation in _RELATION.findall(content):
            if _EXTERNAL.search(relation) and not _HYPERLINK.search(relation):
                raise DocumentRefused("documents.external_part", part=name)
    elif _INSTRUCTION.search(content):
        raise DocumentRefused("documents.active_field", part=name)


def _found(names: set[str]) -> str:
    """Return what kind of archive holds parts of these names."""
    for start, kind in (("xl/", "xlsx"), ("ppt/", "pptx"), ("word/", "docx"), ("content.xml", "odt")):
        if any(name.startswith(start) for name in names):
            return kind
    return "zip"
