"""The words of a paragraph: runs, breaks, fields, insertions, notes, text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from shuiheng.adapters.documents.characters import raised
from shuiheng.adapters.documents.docx.package import Element, W, inside, is_on, local, value

_PLAIN = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_SYMBOLS = {
    "F0A8": "□",
    "F0FE": "☑",
    "F0FC": "√",
    "F0D8": "➢",
    "F06C": "●",
    "F0B7": "●",
    "F0B3": "³",
    "F0B2": "²",
}
_SKIPPED = {
    "del",
    "moveFrom",
    "pPr",
    "rPr",
    "delText",
    "instrText",
    "delInstrText",
    "object",
    "rt",
    "fldData",
}


@dataclass(slots=True)
class ParagraphWords:
    """The words of a paragraph and what hangs on it.

    Args:
        text: Words as a reader sees them.
        notes: Ids of the footnotes and endnotes that it refers to, with their kind.
        boxes: Text boxes that are anchored in it.
        pictures: Number of pictures in it.
    """

    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    pictures: int = 0
    field_depth: int = 0
    field_shows: list[bool] = field(default_factory=list)


def paragraph_words(paragraph: Element) -> ParagraphWords:
    """Return the words of a paragraph with insertions taken in and deletions left out."""
    words = ParagraphWords()
    _walk(paragraph, words)
    return words


def _walk(element: Element, words: ParagraphWords) -> None:
    for child in inside(element):
        name = local(child)
        if name in _SKIPPED:
            continue
        if name == "r":
            if not is_on(child, "w:rPr/w:vanish"):
                _run(child, words)
        elif name == "t":  # a formula has its words outside of runs of text
            words.text += child.text or ""
        elif name == "ruby":
            for base in child.findall(f"{W}rubyBase"):
                _walk(base, words)
        elif name in ("p", "tbl"):
            continue
        else:
            _walk(child, words)


def _run(run: Element, words: ParagraphWords) -> None:
    is_raised = value(run, "w:rPr/w:vertAlign") == "superscript"
    for child in inside(run):
        name = local(child)
        if name == "fldChar":
            _field(child.get(f"{W}fldCharType"), words)
        elif name in ("footnoteReference", "endnoteReference"):
            words.notes.append((name.removesuffix("Reference"), child.get(f"{W}id", "")))
        elif name in ("drawing", "pict", "Choice", "Fallback"):
            _drawing(child, words)
        elif words.field_shows and not all(words.field_shows):
            continue
        elif name == "t":
            text = child.text or ""
            words.text += raised(words.text, text) if is_raised else text
        elif name == "br":
            words.text += "" if child.get(f"{W}type") in ("page", "column") else "\n"
        elif name == "sym":
            words.text += _symbol(child.get(f"{W}char", ""))
        elif name in _PLAIN:
            words.text += _PLAIN[name]
        elif name not in _SKIPPED:
            _walk_inner(child, words)


def _walk_inner(child: Element, words: ParagraphWords) -> None:
    """Go on inside an element of a run that holds words of its own, such as ruby."""
    if local(child) == "ruby":
        for base in child.findall(f"{W}rubyBase"):
            _walk(base, words)


def _field(kind: str | None, words: ParagraphWords) -> None:
    """Follow a field: its instruction is not shown, its result is."""
    if kind == "begin":
        words.field_shows.append(False)
    elif kind == "separate" and words.field_shows:
        words.field_shows[-1] = True
    elif kind == "end" and words.field_shows:
        words.field_shows.pop()


def _drawing(drawing: Element, words: ParagraphWords) -> None:
    boxes = list(drawing.iter(f"{W}txbxContent"))
    # A box inside a box is read with the outer one.
    words.boxes += [
        box for box in boxes if not any(box in list(other.iter()) for other in boxes if other is not box)
    ]
    words.pictures += sum(local(part) in ("blip", "imagedata") for part in drawing.iter())


def _symbol(code: str) -> str:
    """Return a symbol of a symbol font as a common character."""
    if code.upper() in _SYMBOLS:
        return _SYMBOLS[code.upper()]
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if 0xF020 <= point <= 0xF07E:
        return chr(point - 0xF000)
    return "" if 0xE000 <= point <= 0xF8FF or point > 0x10FFFF or 0xD800 <= point < 0xE000 else chr(point)
