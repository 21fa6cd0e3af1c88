"""Lines of a text file of any size in UTF-8, UTF-16 or GB18030, one at a time."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

LONGEST_LINE = 65_536
_SAMPLE = 65_536
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line by its number from 1, without its end; `fault` says why it could not be read."""

    number: int
    text: str
    fault: str = ""


def text_lines(stream: BinaryIO) -> Iterator[Line]:
    """Yield the lines of a stream. A line that cannot be read has a fault; those behind it go on.

    The encoding is found from the first 64 KiB. Where they are ASCII only, each line is tried as
    UTF-8 until one is not; from there on the file is GB18030.
    """
    sample = stream.read(_SAMPLE)
    mark = next((each for each in _WIDE if sample.startswith(each)), b"")
    wide = _WIDE.get(mark) or _wide_order(sample)
    if sample.startswith(codecs.BOM_UTF8):
        mark = codecs.BOM_UTF8
    source = _Joined(sample[len(mark) :], stream)
    if wide:
        yield from _wide_lines(source, wide)
    else:
        yield from _narrow_lines(source, _narrow(sample))


def _narrow(sample: bytes) -> str:
    if sample.isascii():
        return ""
    lines = sample.split(b"\n")[:-1] or [sample]
    bad = {name: sum(_decoded(line, name) is None for line in lines) for name in ("utf-8", "gb18030")}
    return min(bad, key=lambda name: bad[name])


def _wide_order(sample: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, or nothing: half of its digits are zero bytes."""
    first, last = sample[0:4096:2].count(0), sample[1:4096:2].count(0)
    if first + last < 2 or min(first, last) * 10 > max(first, last):
        return ""
    return "utf-16-be" if first > last else "utf-16-le"


def _narrow_lines(source: _Joined, encoding: str) -> Iterator[Line]:
    number = 0
    while line := source.read_until(b"\n"):
        number += 1
        if not line.endswith(b"\n") and len(line) >= LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = source.read_until(b"\n")
            yield Line(number, "", "line_too_long")
            continue
        text = _decoded(line, encoding or "utf-8")
        if text is None and not encoding:
            encoding = "gb18030"
            text = _decoded(line, encoding)
        elif not encoding and not line.isascii():
            encoding = "utf-8"
        yield _line(number, text)


def _decoded(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide_lines(source: _Joined, encoding: str) -> Iterator[Line]:
    """Yield lines of UTF-16; a line ends where its text does, so it is split after decoding."""
    end = "\n".encode(encoding)
    number = 0
    while line := source.read_until(end):
        number += 1
        if not line.endswith(end) and len(line) >= LONGEST_LINE:
            while line and not line.endswith(end):
                line = source.read_until(end)
            yield Line(number, "", "line_too_long")
            continue
        yield _line(number, _decoded(line, encoding))


def _line(number: int, text: str | None) -> Line:
    if text is None:
        return Line(number, "", "line_not_text")
    plain = text.rstrip("\r\n")
    return Line(number, plain, "line_not_text" if "\x00" in plain else "")


class _Joined:
    """What was read already and the rest of its stream, in lines of a bounded length."""

    def __init__(self, sample: bytes, stream: BinaryIO) -> None:
        self._buffer = sample
        self._at = 0
        self._stream = stream

    def read_until(self, end: bytes) -> bytes:
        """Return the bytes up to and with the next end, or as many as a line may have; nothing at the end."""
        while True:
            found = self._end(end)
            if found is None and len(self._buffer) - self._at < LONGEST_LINE and self._fill():
                continue
            stop = self._at + LONGEST_LINE if found is None else found
            line = self._buffer[self._at : stop]
            self._at += len(line)
            return line

    def _end(self, end: bytes) -> int | None:
        """Return where the line ends; the end of UTF-16 begins at an even place."""
        found = self._buffer.find(end, self._at)
        while found >= 0 and (found - self._at) % len(end):
            found = self._buffer.find(end, found + 1)
        return None if found < 0 else found + len(end)

    def _fill(self) -> bool:
        piece = self._stream.read(_SAMPLE)
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0
        return bool(piece)
