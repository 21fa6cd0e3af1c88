"""Lines of files of any size and encoding."""

from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.telemetry.text_lines import LONGEST_LINE, Line, text_lines

ROWS = ["表号,采集时间,读数(m³)", "01,2026-05-01 01:00,1.5", "", "02,2026-05-01 01:00,一万"]


class _Trickle(io.RawIOBase):
    """A stream that gives three bytes at a time."""

    def __init__(self, content: bytes) -> None:
        self._inner = io.BytesIO(content)

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(min(size, 3) if size > 0 else 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_read_whatever_the_encoding(encoding: str, end: str) -> None:
    content = end.join(ROWS).encode(encoding)
    assert list(text_lines(io.BytesIO(content))) == [Line(at, row) for at, row in enumerate(ROWS, 1)]


def test_chinese_words_far_behind_the_first_lines_are_read_in_gb18030() -> None:
    content = b"1,2\n" * 40_000 + "合计,3\n".encode("gbk")
    assert list(text_lines(io.BytesIO(content)))[-1] == Line(40_001, "合计,3")


def test_a_line_that_is_no_text_has_a_fault_and_the_next_is_read() -> None:
    found = list(text_lines(io.BytesIO("表,1\n".encode() + b"\xff\xfe\xff,2\n" + b"a\x00b\n" + b"c\n")))
    assert [(each.text, each.fault) for each in found] == [
        ("表,1", ""),
        ("", "line_not_text"),
        ("a\x00b", "line_not_text"),
        ("c", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_line_without_end_costs_itself_and_no_more(encoding: str) -> None:
    text = "a\n" + "x" * (3 * LONGEST_LINE + 5) + "\nb\n"
    found = list(text_lines(io.BytesIO(text.encode(encoding))))
    assert [(each.number, each.text, each.fault) for each in found] == [
        (1, "a", ""),
        (2, "", "line_too_long"),
        (3, "b", ""),
    ]


@given(st.binary(max_size=400))
def test_any_bytes_are_lines_and_end(content: bytes) -> None:
    found = list(text_lines(io.BytesIO(content)))
    assert [each.number for each in found] == list(range(1, len(found) + 1))


def test_a_stream_that_gives_little_at_a_time_gives_the_same_lines() -> None:
    content = codecs.BOM_UTF8 + "\n".join(ROWS).encode()
    assert list(text_lines(_Trickle(content))) == list(text_lines(io.BytesIO(content)))  # type: ignore[arg-type]
