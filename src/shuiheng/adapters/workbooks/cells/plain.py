"""Texts of cells in one plain spelling."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_DASHES = str.maketrans(dict.fromkeys("−–—―‐‑‒﹣", "-"))
_DITTO = frozenset({"同上", "同前", "〃", '"', "''", "”"})
_NOTHING = frozenset(
    {
        "-",
        "--",
        "---",
        "/",
        "\\",
        "无",
        "没有",
        "暂无",
        "未知",
        "待定",
        "空",
        "不详",
        "不适用",
        "n/a",
        "na",
        "none",
        "null",
    }
    | {"?", "??", "...", "......", "·", ".", "*", "x", "×"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain_text(text: str) -> str:
    """Return a text as kept: composed, one kind of line end, nothing invisible, no white space around."""
    composed = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return composed.replace("\r\n", "\n").replace("\r", "\n").strip()


def plain_word(text: str) -> str:
    """Return a text for comparison: half-width, one kind of dash, without any white space."""
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_DASHES)
    return "".join(folded.split())


def is_ditto(text: str) -> bool:
    """Return whether a cell says "as above"."""
    return plain_text(text) in _DITTO


def is_nothing(text: str) -> bool:
    """Return whether a cell holds a mark for nothing, which is neither blank nor zero."""
    return plain_word(text).lower() in _NOTHING


def has_controls(text: str) -> bool:
    """Return whether a text holds characters that control a screen or turn its direction."""
    return _CONTROL.search(text) is not None
