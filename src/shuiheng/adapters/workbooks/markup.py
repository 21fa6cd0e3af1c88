"""The XML parts of an .xlsx as trees, whichever of its two namespaces they are written in."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import normpath

from lxml import etree

from shuiheng.adapters.containers.errors import ContainerRefusedError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


def tree(xml: bytes) -> etree._Element:
    """Return a part as a tree; entities stay closed.

    Raises:
        ContainerRefusedError: It holds entities, or is no XML.
    """
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise ContainerRefusedError("xml_entities", part="workbook.xml")
    try:
        return etree.fromstring(
            xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except (etree.XMLSyntaxError, ValueError):
        raise ContainerRefusedError("damaged") from None


def every(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of this name below a root, in order."""
    yield from root.iter(f"{_MAIN}{name}", f"{_STRICT}{name}")


def first(root: etree._Element, name: str) -> etree._Element | None:
    """Return the first element of this name below a root."""
    return next(every(root, name), None)


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def made(beside: etree._Element, name: str, **attributes: str) -> etree._Element:
    """Return a new element in the namespace of another."""
    return beside.makeelement(etree.QName(etree.QName(beside).namespace, name), attributes)


def part_name(target: str) -> str:
    """Return the part that a relation of the workbook points to, in small letters."""
    return (target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")).lower()


def related_parts(relations: etree._Element) -> dict[str, str]:
    """Return the part of each relation by its id."""
    return {
        str(each.get("Id")): part_name(str(each.get("Target")))
        for each in relations
        if isinstance(each.tag, str)
    }


def relation_ids(element: etree._Element) -> list[str]:
    """Return the ids of relations that stand in the attributes of an element."""
    return [str(value) for name, value in element.attrib.items() if str(name).endswith("}id")]
