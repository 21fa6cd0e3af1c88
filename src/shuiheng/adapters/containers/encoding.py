"""The encoding of a plain text, found from its bytes."""

from __future__ import annotations

import codecs

from shuiheng.adapters.containers.errors import ContainerRefusedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(content: bytes) -> str:
    """Return the text of `content` in UTF-8, UTF-16 or GB18030, whichever it is.

    Raises:
        ContainerRefusedError: `not_text`: it is none of them, or holds binary characters.
    """
    text = _decoded(content)
    controls = sum(char < " " and char not in "\t\n\r\f\v\x1a" for char in text)
    if controls > len(text) // 200:
        raise ContainerRefusedError("not_text")
    return text.replace("\x00", "")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _in(content, encoding)
    width = _wide_order(content)
    if width:
        return _in(content, width)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _in(content, "gb18030")


def _in(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise ContainerRefusedError("not_text") from None


def _wide_order(content: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, or nothing.

    Text in UTF-16 has line feeds and digits whose other byte is zero, always on the same side.
    """
    sample = content[:4096]
    if len(sample) < 4 or len(content) % 2:
        return ""
    high_first = sum(byte == 0 for byte in sample[0::2])
    high_last = sum(byte == 0 for byte in sample[1::2])
    if high_first + high_last < 2 or min(high_first, high_last) > max(high_first, high_last) // 10:
        return ""
    return "utf-16-be" if high_first > high_last else "utf-16-le"
