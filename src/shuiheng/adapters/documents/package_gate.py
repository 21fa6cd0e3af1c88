"""What an office package may not hold: macros, embedded objects, outside parts, entities."""

from __future__ import annotations

import re
import zipfile
from posixpath import normpath

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.parts import (
    EXTERNAL,
    RELATION,
    check_markup,
    check_member_name,
    check_stated_kind,
    is_xml,
    kind_of_parts,
    part_bytes,
)
from shuiheng.adapters.documents.forms import Form
from shuiheng.adapters.documents.limits import ReadingLimits

# The figures behind a chart; `chart_workbooks` decides whether a part is that.
WORKBOOK = re.compile(r"word/embeddings/[^/]{1,120}\.xlsx")
_PACKAGE = re.compile(rb"Type\s*=\s*[\"'][^\"']{0,200}/relationships/package[\"']", re.I)
_TARGET = re.compile(rb"Target\s*=\s*[\"']([^\"']{1,400})[\"']", re.I)
_RELATIONS_PART = re.compile(r"((?:[^/]{1,120}/){0,8})_rels/[^/]{0,120}\.rels")
_CHARTS = "word/charts/"
_INSTRUCTION = re.compile(
    rb"<w:instrText[^>]{0,200}>\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE\s+\"?https?:)", re.I
)


def check_word_package(archive: zipfile.ZipFile, limits: ReadingLimits) -> None:
    """Refuse a .docx that is none, or that holds more than words.

    Raises:
        ContainerRefusedError: With the name of what it holds.
    """
    names = {part.filename for part in archive.infolist()}
    if "[Content_Types].xml" not in names:
        raise ContainerRefusedError("false_extension", claimed="docx", found=kind_of_parts(names))
    kinds = part_bytes(archive, "[Content_Types].xml", limits)
    if b"macroEnabled" in kinds or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ContainerRefusedError("macros")
    if b"wordprocessingml" not in kinds or not any(name.startswith("word/") for name in names):
        raise ContainerRefusedError("false_extension", claimed="docx", found=kind_of_parts(names))
    workbooks = chart_workbooks(archive, limits)
    for name in sorted(names - workbooks):
        _check_member(archive, name, limits)


def chart_workbooks(archive: zipfile.ZipFile, limits: ReadingLimits) -> frozenset[str]:
    """Return the workbooks that hold the figures of a chart and that nothing but charts refers to.

    Raises:
        ContainerRefusedError: A part that tells of relations is damaged.
    """
    by_charts: set[str] = set()
    by_others: set[str] = set()
    names = [part.filename for part in archive.infolist()]
    for name in names:
        place = _RELATIONS_PART.fullmatch(name)
        if place is None:
            continue
        for relation in RELATION.findall(part_bytes(archive, name, limits)):
            target = _TARGET.search(relation)
            if target is None:
                continue
            words = target[1].decode("utf-8", "replace")
            path = words.lstrip("/") if words.startswith("/") else normpath(f"{place[1]}{words}")
            is_of_chart = place[1] == _CHARTS and _PACKAGE.search(relation) and not EXTERNAL.search(relation)
            (by_charts if is_of_chart else by_others).add(path)
    return frozenset(name for name in names if WORKBOOK.fullmatch(name) and name in by_charts - by_others)


def check_open_document(archive: zipfile.ZipFile, limits: ReadingLimits) -> None:
    """Refuse an .odt that is none, or that holds more than words.

    Raises:
        ContainerRefusedError: With the name of what it holds.
    """
    check_stated_kind(archive, kind=Form.ODT.media_type, claimed=Form.ODT.value, limits=limits)
    for name in sorted(part.filename for part in archive.infolist()):
        _check_member(archive, name, limits)


def _check_member(archive: zipfile.ZipFile, name: str, limits: ReadingLimits) -> None:
    check_member_name(name)
    if not is_xml(name):
        return
    content = part_bytes(archive, name, limits)
    check_markup(content, name)
    if not name.lower().endswith(".rels") and _INSTRUCTION.search(content):
        raise ContainerRefusedError("active_field", part=name)
