from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.documents.making import docx_of, paragraph, zip_of
from shuiheng.adapters.containers.archive_gate import opened_archive
from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.documents.limits import ReadingLimits

LIMITS = ReadingLimits()
GOOD = zip_of({"a.xml": "<a/>", "b.xml": "<b/>"})


def _twice() -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.xml", "1")
        archive.writestr("A.xml", "2")
    return out.getvalue()


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        part = zipfile.ZipInfo("a.xml")
        part.external_attr = 0o120777 << 16
        archive.writestr(part, "/etc/passwd")
    return out.getvalue()


def _overlapping() -> bytes:
    """Return an archive whose second entry points at the first one's words."""
    changed = bytearray(GOOD)
    second = changed.rfind(b"PK\x01\x02")
    changed[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(changed)


def _flagged() -> bytes:
    changed = bytearray(GOOD)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.find(mark) + offset] |= 1
    return bytes(changed)


def _renamed() -> bytes:
    return GOOD.replace(b"a.xml", b"z.xml", 1)


HOSTILE = [
    (zip_of({"a.xml": b"\0" * 3_000_000}), "bomb"),
    (zip_of({"../a.xml": "x"}), "path_escapes"),
    (zip_of({"/a.xml": "x"}), "path_escapes"),
    (zip_of({"C:a.xml": "x"}), "path_escapes"),
    (_link(), "path_escapes"),
    (_twice(), "duplicate_part"),
    (zip_of({"word/a.zip": "x"}), "nested_archive"),
    (zip_of({f"{number}.xml": "" for number in range(2001)}), "too_many_parts"),
    (_overlapping(), "overlapping_parts"),
    (_flagged(), "encrypted"),
    (_renamed(), "headers_differ"),
    (b"MZ" + GOOD, "polyglot"),
    (GOOD + b"%PDF-1.7", "polyglot"),
    (GOOD[:60], "damaged_archive"),
    (b"PK\x03\x04" + bytes(50), "damaged_archive"),
]


@pytest.mark.parametrize(
    ("content", "code"), HOSTILE, ids=[f"{i}-{code}" for i, (_, code) in enumerate(HOSTILE)]
)
def test_a_directory_that_breaks_a_rule_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(ContainerRefusedError) as refused:
        opened_archive(content, LIMITS)
    assert refused.value.cause == code


def test_an_honest_archive_is_opened() -> None:
    assert opened_archive(docx_of(paragraph("推进改造。")), LIMITS).namelist()


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4))
def test_a_changed_byte_is_opened_or_refused(place: int, junk: bytes) -> None:
    try:
        opened_archive(GOOD[:place] + junk + GOOD[place + len(junk) :], LIMITS)
    except ContainerRefusedError as refused:
        assert refused.cause


def test_an_archive_inside_is_let_in_only_where_the_caller_looks_after_it() -> None:
    content = zip_of({"word/embeddings/a.xlsx": "x", "b.xml": "<b/>"})
    with pytest.raises(ContainerRefusedError, match="nested_archive"):
        opened_archive(content, LIMITS)
    assert opened_archive(content, LIMITS, inner=re.compile(r"word/embeddings/a\.xlsx")).namelist()
