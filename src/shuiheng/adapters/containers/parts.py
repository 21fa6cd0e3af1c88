"""The parts of an office package: read within bounds, and held against what none may hold."""

from __future__ import annotations

import re
import zipfile
import zlib

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.limits import ArchiveLimits

RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]{0,4000}>", re.S)
EXTERNAL = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.I)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']{0,200}/hyperlink[\"']", re.I)
_XML_ENDINGS = (".xml", ".rels", ".rdf", ".vml")
_ACTIVE_ENDINGS = (".ole", ".exe", ".dll", ".js", ".vbs")
_ENTITY_MARKS = tuple(
    mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)


def part_bytes(archive: zipfile.ZipFile, name: str, limits: ArchiveLimits) -> bytes:
    """Return one part, never more than the directory says.

    Raises:
        ContainerRefusedError: The part is damaged.
    """
    try:
        with archive.open(name) as part:
            content = part.read(limits.unpacked_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError):
        raise ContainerRefusedError("damaged_archive") from None
    if len(content) > limits.unpacked_bytes:
        raise ContainerRefusedError("bomb", part=name, size=str(len(content)))
    return content


def is_xml(name: str) -> bool:
    """Return whether a part is XML by its name."""
    return name.lower().endswith(_XML_ENDINGS)


def check_member_name(name: str) -> None:
    """Refuse a part that is an object or a program.

    Raises:
        ContainerRefusedError: `embedded`, with the name of the part.
    """
    lower = name.lower()
    if "/embeddings/" in lower or "/activex/" in lower or lower.endswith(_ACTIVE_ENDINGS):
        raise ContainerRefusedError("embedded", part=name)


def check_markup(content: bytes, name: str) -> None:
    """Refuse entities in an XML part, and relations that fetch something from elsewhere.

    Raises:
        ContainerRefusedError: `xml_entities` or `external_part`, with the name of the part.
    """
    if any(mark in content for mark in _ENTITY_MARKS):
        raise ContainerRefusedError("xml_entities", part=name)
    if name.lower().endswith(".rels"):
        for relation in RELATION.findall(content):
            if EXTERNAL.search(relation) and not _HYPERLINK.search(relation):
                raise ContainerRefusedError("external_part", part=name)


def check_stated_kind(archive: zipfile.ZipFile, *, kind: str, claimed: str, limits: ArchiveLimits) -> None:
    """Refuse an OpenDocument whose kind is another, that is encrypted, or that holds macros or objects.

    Raises:
        ContainerRefusedError: With the name of what it holds.
    """
    names = {part.filename for part in archive.infolist()}
    stated = part_bytes(archive, "mimetype", limits).strip() if "mimetype" in names else b""
    if stated != kind.encode("ascii"):
        raise ContainerRefusedError("false_extension", claimed=claimed, found=kind_of_parts(names))
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise ContainerRefusedError("macros")
    if any(re.match(r"Object ?\d|ObjectReplacements/", name) for name in names):
        raise ContainerRefusedError("embedded", part="Object")
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in part_bytes(archive, manifest, limits):
        raise ContainerRefusedError("encrypted")


def kind_of_parts(names: set[str]) -> str:
    """Return what kind of archive holds parts of these names."""
    for start, kind in (("xl/", "xlsx"), ("ppt/", "pptx"), ("word/", "docx"), ("content.xml", "odt")):
        if any(name.startswith(start) for name in names):
            return kind
    return "zip"
