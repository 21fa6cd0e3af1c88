"""The case of a seed and a number: always the same bytes, so that any failure can be made again."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from docx import Document

from shuiheng.plans.document import SourceDocument

from . import grammar, hostile, mutations

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "tests" / "plans" / "corpus"
SMALL_PDF = Path(__file__).parent / "small.pdf"
# How often each manner is drawn; PDF files take a hundred times as long as texts.
SHARES = {"grammar": 25, "document": 25, "text": 22, "page": 12, "word": 12, "hostile": 3, "print": 1}


@dataclass(frozen=True)
class Case:
    """An input: a file by name, or a document that no reader made."""

    manner: str
    name: str
    content: bytes = b""
    document: SourceDocument | None = None


def seeded(seed: str) -> Random:
    """Return a source of chance that always gives the same."""
    return Random(seed)  # noqa: S311  # cases must be made again from their seed; no secret depends on it


def case_of(seed: str, number: int) -> Case:
    """Return the case with this number."""
    random = seeded(f"{seed}:{number}")
    manner = random.choices(list(SHARES), weights=list(SHARES.values()))[0]
    if manner == "document":
        return Case(manner, "fuzz.docx", document=grammar.document(random))
    if manner == "hostile":
        name, content = random.choice(hostile_files())
        changed = content if random.random() < 0.5 else mutations.damaged_bytes(content, random)
        return Case(manner, name, changed)
    makers = {"grammar": _grammar, "text": _text, "page": _page, "word": _word, "print": _print}
    name, content = makers[manner](random)
    return Case(manner, name, content)


@cache
def hostile_files() -> list[tuple[str, bytes]]:
    """Return the hostile files, made once."""
    return list(hostile.files())


@cache
def _texts() -> list[str]:
    return [path.read_bytes().decode("utf-8", "ignore") for path in sorted(CORPUS.glob("9*.txt"))]


@cache
def _pages() -> list[bytes]:
    return [path.read_bytes() for path in sorted(CORPUS.glob("9*.html"))]


@cache
def _word_files() -> list[bytes]:
    """Return small Word files: what matters is the document part, not the styles that come along."""
    random = seeded("word files")
    files = []
    for _ in range(6):
        document = Document()
        for _ in range(5):
            document.add_paragraph(grammar.paragraph(random).replace("\n", ""))
        table = document.add_table(rows=4, cols=5)
        for cell in table._cells:
            cell.text = random.choice(grammar.CELLS)
        table.cell(1, 1).merge(table.cell(2, 1))
        table.cell(3, 2).merge(table.cell(3, 4))
        out = io.BytesIO()
        document.save(out)
        files.append(out.getvalue())
    return files


def _grammar(random: Random) -> tuple[str, bytes]:
    encoding = random.choice(("utf-8", "utf-8", "gb18030", "utf-16"))
    return "fuzz.txt", grammar.text(random).encode(encoding, "replace")


def _text(random: Random) -> tuple[str, bytes]:
    whole = random.choice(_texts())
    start = random.randrange(len(whole))
    changed = mutations.damaged_text(whole[start : start + random.randint(100, 2500)], random)
    content = changed[:20_000].encode("utf-8", "surrogatepass")
    return "fuzz.txt", mutations.damaged_bytes(content, random) if random.random() < 0.2 else content


def _page(random: Random) -> tuple[str, bytes]:
    whole = random.choice(_pages())
    content = whole[: random.randint(500, 6000)] if random.random() < 0.7 else whole
    return "fuzz.html", mutations.damaged_markup(content, random)[:60_000]


def _word(random: Random) -> tuple[str, bytes]:
    return "fuzz.docx", mutations.damaged_archive(random.choice(_word_files()), random)


def _print(random: Random) -> tuple[str, bytes]:
    return "fuzz.pdf", mutations.damaged_bytes(SMALL_PDF.read_bytes(), random)
