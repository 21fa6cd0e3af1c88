"""Lines of text out of the glyphs of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from shuiheng.adapters.documents.characters import is_cjk, raised

Glyph = dict[str, Any]
_PARTING_GAP = 1.3
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}


@dataclass(frozen=True, slots=True)
class LinePart:
    """A part of a line between wide gaps."""

    x0: float
    x1: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text on a page, in points from the top left.

    `confidence` is 1.0 for a text layer; `parts` are what wide gaps part, where there are any.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str
    page: int
    confidence: float = 1.0
    parts: tuple[LinePart, ...] = ()

    @property
    def middle(self) -> float:
        """Where the middle of the line stands between left and right."""
        return (self.x0 + self.x1) / 2


def readable(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return the glyphs that show a known character and stand upright."""
    return [
        glyph
        for glyph in glyphs
        if glyph.get("upright", True)
        and glyph["x1"] >= glyph["x0"]
        and not _UNMAPPED.fullmatch(glyph["text"])
        and glyph["text"] not in ("", "\x00", "\ufffd")
    ]


def unmapped_share(glyphs: Sequence[Glyph]) -> float:
    """Return the share of glyphs whose character the file does not tell."""
    lost = sum(bool(_UNMAPPED.fullmatch(g["text"])) or g["text"] in ("\x00", "\ufffd") for g in glyphs)
    return lost / len(glyphs) if glyphs else 0.0


def lines_of(glyphs: Iterable[Glyph], *, page: int) -> list[Line]:
    """Return the lines that glyphs form, from top to bottom."""
    rows: list[list[Glyph]] = []
    reach = 0.0
    inked = [glyph for glyph in glyphs if glyph["text"].strip()]
    for glyph in sorted(inked, key=lambda g: ((g["top"] + g["bottom"]) / 2, g["x0"])):
        middle = (glyph["top"] + glyph["bottom"]) / 2
        if not rows or middle > reach:
            rows.append([])
            reach = middle + max(glyph["bottom"] - glyph["top"], 4) * 0.55
        rows[-1].append(glyph)
    return [line for row in rows if (line := _line(row, page)) is not None]


def _line(row: list[Glyph], page: int) -> Line | None:
    ordered = _printed_once(sorted(row, key=lambda glyph: (glyph["x0"], glyph["x1"])))
    size = Counter(round(glyph["size"], 1) for glyph in ordered).most_common(1)[0][0]
    text = _text(ordered, size)
    if not text.strip():
        return None
    return Line(
        text=text.strip(),
        x0=ordered[0]["x0"],
        x1=max(glyph["x1"] for glyph in ordered),
        top=min(glyph["top"] for glyph in ordered),
        bottom=max(glyph["bottom"] for glyph in ordered),
        size=size or 1.0,
        font=Counter(str(glyph.get("fontname", "")) for glyph in ordered).most_common(1)[0][0],
        page=page,
        parts=_parts(ordered, size),
    )


def _parts(ordered: list[Glyph], size: float) -> tuple[LinePart, ...]:
    """Return what gaps of more than a character part, or nothing when there is no such gap."""
    groups: list[list[Glyph]] = [[]]
    for glyph in ordered:
        if groups[-1] and glyph["x0"] - groups[-1][-1]["x1"] > _PARTING_GAP * size:
            groups.append([])
        groups[-1].append(glyph)
    if len(groups) == 1:
        return ()
    return tuple(LinePart(group[0]["x0"], group[-1]["x1"], _text(group, size).strip()) for group in groups)


def _printed_once(ordered: list[Glyph]) -> list[Glyph]:
    """Drop copies of a glyph printed nearly on the same place to look bold."""
    kept: list[Glyph] = []
    for glyph in ordered:
        width = max(glyph["x1"] - glyph["x0"], 1.0)
        if any(
            other["text"] == glyph["text"] and abs(other["x0"] - glyph["x0"]) < 0.25 * width
            for other in kept[-3:]
        ):
            continue
        kept.append(glyph)
    return kept


def _text(ordered: list[Glyph], size: float) -> str:
    text = ""
    before: Glyph | None = None
    base = max(glyph["bottom"] for glyph in ordered)
    for glyph in ordered:
        char = str(_LIGATURES.get(glyph["text"], glyph["text"]))
        if before is not None:
            gap = glyph["x0"] - before["x1"]
            wide = is_cjk(char[0]) or is_cjk(text[-1])
            if gap > size * (0.9 if wide else 0.25):
                text += " "
        is_small = glyph["size"] < 0.8 * size and base - glyph["bottom"] > 0.15 * size
        text += raised(text, char) if is_small else char
        before = glyph
    return text


_OPENING = "（(《〈【〔“‘「『[{"
_CLOSING = "）)》〉】〕”’」』]}，。、；：！？,.;:!?%％‰℃…·"
_CHUNK = re.compile(rf"[{re.escape(_OPENING)}]*(?:[A-Za-z0-9.,+\-/%~]+|[^\s])[{re.escape(_CLOSING)}]*")


def first_chunk_width(text: str, size: float) -> float:
    """Return how much room the first part of a line takes that cannot be parted.

    A line of Chinese is broken anywhere but inside a number or word, behind an opening
    mark and in front of a closing one.
    """
    chunk = _CHUNK.match(text)
    return (
        sum(size if is_cjk(char) or char in "“”‘’…" else 0.55 * size for char in chunk[0]) if chunk else size
    )


def page_columns(glyphs: Sequence[Glyph], width: float) -> list[list[Glyph]]:
    """Return the glyphs of a page parted at its gutter, when the page is set in two columns.

    A gutter is a band in the middle third that no glyph touches, with many lines on both sides.
    """
    inked = [glyph for glyph in glyphs if glyph["text"].strip()]
    if len(inked) < 200:
        return [list(glyphs)]
    covered = [False] * (int(width) + 2)
    for glyph in inked:
        for x in range(max(int(glyph["x0"]), 0), min(int(glyph["x1"]) + 1, len(covered))):
            covered[x] = True
    best = (0, 0)
    start = None
    for x in range(int(width * 0.33), int(width * 0.67)):
        if covered[x]:
            start = None
            continue
        start = x if start is None else start
        best = max(best, (x - start, start))
    if best[0] < 8:
        return [list(glyphs)]
    gutter = best[1] + best[0] / 2
    sides = [[g for g in glyphs if g["x0"] < gutter], [g for g in glyphs if g["x0"] >= gutter]]
    if min(sum(bool(g["text"].strip()) for g in side) for side in sides) < 0.25 * len(inked):
        return [list(glyphs)]
    return sides
