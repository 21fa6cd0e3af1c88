"""Text can be read: every pair of colours for text has a contrast of 4.5 to 1 at least."""

from __future__ import annotations

import re

import pytest

from places import PACKAGE

CSS = (PACKAGE / "web" / "static" / "site.css").read_text("utf-8")
COLOURS = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})", CSS))
GROUNDS = ("white", "ground", "faint")
PAIRS = [
    *[(text, ground) for text in ("ink", "soft", "accent", "bad", "k-source") for ground in GROUNDS],
    ("white", "accent"),
    ("white", "accent-deep"),
    ("soft", "accent-faint"),
    ("accent", "accent-faint"),
    ("accent-deep", "accent-faint"),
    *[(name, f"{name}-faint") for name in ("bad", "warn", "good")],
    ("warn", "white"),
    ("good", "white"),
    *[(name.removesuffix("-b"), name) for name in COLOURS if name.startswith("k-") and name.endswith("-b")],
    *[("k-target", ground) for ground in GROUNDS],
    *[("k-milestone", ground) for ground in GROUNDS],
]
LEAST = 4.5


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_and_a_colour_on_itself_1() -> None:
    assert (round(_contrast("#000", "#ffffff")), _contrast("#abc", "#aabbcc")) == (21, 1)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert _contrast(COLOURS[text], COLOURS[ground]) >= LEAST
