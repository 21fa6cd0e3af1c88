"""A photo that is kept says nothing of where, when and with what it was taken."""

from __future__ import annotations

import struct
import zlib

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.documents.picture_marks import without_marks

PLACE, SCAN = b"30.2741N 120.1551E", b"\xff\xda\x00\x04ab the picture \xff\xd9"
TABLES = b"\xff\xdb\x00\x06wxyz"


def _segment(mark: int, body: bytes) -> bytes:
    return bytes((0xFF, mark)) + struct.pack(">H", len(body) + 2) + body


def _exif(order: str, turn: int) -> bytes:
    head = (b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(f"{order}I", 8)
    table = struct.pack(f"{order}HHHIHHI", 1, 0x0112, 3, 1, turn, 0, 0)
    return _segment(0xE1, b"Exif\x00\x00" + head + table + PLACE)


def _jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + TABLES + SCAN


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_place_device_and_comments_of_a_jpeg_go_and_the_picture_stays() -> None:
    jfif = _segment(0xE0, b"JFIF\x00\x01\x01")
    told = _jpeg(
        jfif, _exif("<", 1), _segment(0xE1, b"http://ns.adobe.com/xap/" + PLACE), _segment(0xFE, PLACE)
    )
    assert without_marks(told) == _jpeg(jfif)


def test_how_a_photo_is_turned_stays_in_both_orders_of_bytes() -> None:
    plain = {without_marks(_jpeg(_exif(order, 6))) for order in "<>"}
    assert len(plain) == 1
    kept = plain.pop()
    assert PLACE not in kept and b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in kept
    assert without_marks(kept) == kept


def test_texts_and_time_of_a_png_go_and_its_picture_stays() -> None:
    head, picture, end = _chunk(b"IHDR", b"13 bytes here"), _chunk(b"IDAT", b"x"), _chunk(b"IEND", b"")
    marks = [_chunk(kind, PLACE) for kind in (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME")]
    start = b"\x89PNG\r\n\x1a\n"
    assert without_marks(start + head + b"".join(marks) + picture + end) == start + head + picture + end


@given(st.sampled_from([b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b""]), st.binary(max_size=200))
def test_no_file_of_any_shape_breaks_it_and_twice_is_once(head: bytes, rest: bytes) -> None:
    once = without_marks(head + rest)
    assert without_marks(once) == once
    assert len(once) <= len(head + rest) + 40


@given(st.binary(max_size=60))
def test_an_exif_of_any_shape_breaks_nothing(body: bytes) -> None:
    told = _jpeg(_segment(0xE1, b"Exif\x00\x00" + body))
    assert without_marks(told).endswith(TABLES + SCAN)
