"""Take out of a photo what tells where, when and with what it was taken; how it is turned stays.

Only whole segments and chunks are left out, nothing is decoded, so that the picture itself stays as it was.
"""

from __future__ import annotations

import struct

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
EXIF, TURN_TAG, SHORT = b"Exif\x00\x00", 0x0112, 3
_APPLICATION, _COMMENT, _SCAN, _FILLER = range(0xE1, 0xF0), 0xFE, 0xDA, 0xFF
_ADOBE = 0xEE  # says how colours are coded
_ALONE = {0x01, *range(0xD0, 0xD9)}
_PNG_MARKS = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_LONGEST_TABLE = 1000


def without_marks(content: bytes) -> bytes:
    """Return a JPEG or PNG without place, time, device and comments; another file stays as it is."""
    if content.startswith(JPEG):
        return _plain_jpeg(content)
    if content.startswith(PNG):
        return _plain_png(content)
    return content


def _plain_jpeg(content: bytes) -> bytes:
    kept, at, turn = [JPEG], len(JPEG), 0
    while at + 4 <= len(content) and content[at] == _FILLER:
        mark = content[at + 1]
        if mark == _FILLER or mark in _ALONE:
            at += 1 if mark == _FILLER else 2
            continue
        if mark == _SCAN:
            break
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        segment = content[at:end]
        is_mark = mark == _COMMENT or (mark in _APPLICATION and mark != _ADOBE)
        if segment[4:10] == EXIF:
            turn = turn or _turn(segment[10:])
        if not is_mark:
            kept.append(segment)
        at = end
    return kept[0] + (_turn_segment(turn) if turn else b"") + b"".join(kept[1:]) + content[at:]


def _turn(exif: bytes) -> int:
    """Return how a photo is turned, 1 to 8, by its first table; 0 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 10:
        return 0
    first = struct.unpack_from(f"{order}I", exif, 4)[0]
    if first + 2 > len(exif):
        return 0
    count = min(struct.unpack_from(f"{order}H", exif, first)[0], _LONGEST_TABLE)
    for place in range(first + 2, min(first + 2 + 12 * count, len(exif) - 11), 12):
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, place)
        if tag == TURN_TAG and kind == SHORT and 1 < value <= 8:
            return int(value)
    return 0


def _turn_segment(turn: int) -> bytes:
    table = struct.pack(">HHHIHHI", 1, TURN_TAG, SHORT, 1, turn, 0, 0)
    body = EXIF + b"MM\x00\x2a" + struct.pack(">I", 8) + table
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _plain_png(content: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while at + 8 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        if content[at + 4 : at + 8] not in _PNG_MARKS:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)
