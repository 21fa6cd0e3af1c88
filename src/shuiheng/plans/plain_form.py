"""One form for characters that are printed in several: digits, brackets, signs."""

from __future__ import annotations

import re

_FORMS = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("—–－―─‐−", "-"),
        "％": "%",
        "﹪": "%",
        "．": ".",
        "～": "~",
        "〜": "~",
        "∼": "~",
        "＞": ">",
        "＜": "<",
        "≧": "≥",
        "≦": "≤",
        "＝": "=",
        "(": "（",
        ")": "）",
        ";": "；",
        ":": "：",
        "﹝": "〔",
        "﹞": "〕",
        "〈": "《",
        "〉": "》",
        "／": "/",
        "³": "3",
        "²": "2",
        "!": "！",
        "?": "？",
        "，": "，",
        "、": "、",
        "﹒": ".",
    }
)
_LOOSE_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")


def plain_form(text: str) -> str:
    """Return `text` of the same length with one form for digits, dashes and punctuation."""
    return _LOOSE_COMMA.sub("，", text.translate(_FORMS))
