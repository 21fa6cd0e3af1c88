"""Word files rendered by LibreOffice and measured on the page."""

from __future__ import annotations

import io
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pdfplumber
import pytest

from shuiheng.adapters.documents import office

MM = 72 / 25.4
needs_office = pytest.mark.skipif(
    office.office_program() is None, reason=f"LibreOffice is not installed (Debian package {office.PACKAGE})"
)


@cache
def pdf_of(content: bytes, ending: str = "docx") -> bytes:
    """Return the PDF that LibreOffice makes of a Word file."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"a.{ending}"
        source.write_bytes(content)
        command = [
            str(office.office_program()),
            f"-env:UserInstallation={Path(folder).as_uri()}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return (Path(folder) / "a.pdf").read_bytes()


def pages_of(content: bytes) -> list[Any]:
    """Return the pages of a Word file as LibreOffice sets them."""
    return list(pdfplumber.open(io.BytesIO(pdf_of(content))).pages)


def body_lines(page: Any, *, bottom_mm: float) -> list[list[Any]]:
    """Return the characters of the text of an upright page, line by line, without the page number."""
    found: dict[int, list[Any]] = defaultdict(list)
    for char in page.chars:
        if char["text"].strip() and char["bottom"] <= page.height - bottom_mm * MM + MM:
            found[round(char["bottom"] / 6)].append(char)
    merged: list[list[Any]] = []
    for key in sorted(found):
        if merged and abs(merged[-1][0]["bottom"] - found[key][0]["bottom"]) < 8:
            merged[-1] += found[key]
        else:
            merged.append(found[key])
    return merged


def words_of(page: Any) -> str:
    """Return the text of a page without white space, in the order of the page."""
    return "".join((page.extract_text() or "").split())


def middle_of_ink(page: Any, char: Any, *, is_across: bool) -> float:
    """Return where the ink of a character has its middle, from above or with `is_across` from the left."""
    scale = 4
    picture = page.crop((char["x0"], char["top"], char["x1"], char["bottom"])).to_image(resolution=72 * scale)
    box = picture.original.convert("L").point(lambda shade: 255 if shade < 128 else 0).getbbox()
    first, last = (box[0], box[2]) if is_across else (box[1], box[3])
    return float(char["x0" if is_across else "top"]) + (first + last) / 2 / scale
