"""Parts of a workbook as trees, in both of its namespaces."""

from __future__ import annotations

import pytest
from lxml import etree

from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks.markup import every, first, local_name, made, part_name, tree

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_elements_are_found_in_both_namespaces_and_made_in_the_same(namespace: bytes) -> None:
    root = tree(b'<x:a xmlns:x="%s"><x:b/><!-- --><x:b/></x:a>' % namespace)
    assert len(list(every(root, "b"))) == 2
    assert first(root, "c") is None
    root.append(made(root, "c", r="1"))
    found = first(root, "c")
    assert found is not None and local_name(found) == "c"
    assert local_name(root[1]) == ""
    assert etree.QName(found).namespace == namespace.decode()


@pytest.mark.parametrize("xml", [b"<a", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_plain_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(ContainerRefusedError):
        tree(xml)


@pytest.mark.parametrize("target", ["worksheets/Sheet1.xml", "/xl/worksheets/sheet1.xml"])
def test_parts_are_named_from_the_root(target: str) -> None:
    assert part_name(target) == "xl/worksheets/sheet1.xml"
