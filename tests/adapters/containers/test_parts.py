from __future__ import annotations

import pytest

from adapters.documents.making import RELATIONS, zip_of
from shuiheng.adapters.containers.archive_gate import opened_archive
from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.containers.parts import (
    check_markup,
    check_member_name,
    check_stated_kind,
    is_xml,
    kind_of_parts,
    part_bytes,
)
from shuiheng.adapters.documents.limits import ReadingLimits

LIMITS = ReadingLimits()


def test_a_part_is_read_and_a_missing_one_is_refused() -> None:
    archive = opened_archive(zip_of({"a.xml": "<a/>"}), LIMITS)
    assert part_bytes(archive, "a.xml", LIMITS) == b"<a/>"
    with pytest.raises(ContainerRefusedError, match="damaged_archive"):
        part_bytes(archive, "absent.xml", LIMITS)


@pytest.mark.parametrize("name", ["xl/embeddings/a.bin", "xl/activeX/a.xml", "a.js", "A.EXE"])
def test_an_object_or_program_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(ContainerRefusedError, match="embedded"):
        check_member_name(name)


def test_entities_and_outside_relations_are_refused_and_links_are_not() -> None:
    with pytest.raises(ContainerRefusedError, match="xml_entities"):
        check_markup(b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "a.xml")
    outside = '<Relationship Id="r1" Type="x/{}" TargetMode="External" Target="http://a.invalid"/>'
    with pytest.raises(ContainerRefusedError, match="external_part"):
        check_markup(RELATIONS.format(outside.format("image")).encode(), "a.rels")
    check_markup(RELATIONS.format(outside.format("hyperlink")).encode(), "a.rels")


def test_the_kind_of_an_open_document_is_the_one_that_it_states() -> None:
    archive = opened_archive(zip_of({"mimetype": "application/x", "content.xml": "<a/>"}), LIMITS)
    check_stated_kind(archive, kind="application/x", claimed="ods", limits=LIMITS)
    with pytest.raises(ContainerRefusedError, match="false_extension"):
        check_stated_kind(archive, kind="application/y", claimed="ods", limits=LIMITS)


def test_kinds_are_known_by_the_names_of_parts() -> None:
    assert [kind_of_parts({name}) for name in ("xl/workbook.xml", "word/a.xml", "a.txt")] == [
        "xlsx",
        "docx",
        "zip",
    ]
    assert is_xml("xl/_rels/workbook.xml.RELS") and not is_xml("xl/media/a.png")
