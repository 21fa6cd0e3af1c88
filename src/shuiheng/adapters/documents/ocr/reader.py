"""Pictures and scanned PDF pages into blocks, by the same steps as PDF pages with a text layer."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import pypdfium2
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from shuiheng.adapters.documents.drafts import Draft, note
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.pdf.lines import Line
from shuiheng.adapters.documents.pdf.pages import PageContent
from shuiheng.adapters.documents.pdf.reader import draft_of_pages, text_pages

READER = "ocr/1"
_RESOLUTION = 200
_POINTS = 72
_MOST_PIXELS = 60_000_000
_MEGAPIXELS = str(_MOST_PIXELS // 1_000_000)
_MOST_FRAMES = 300
_FEWEST_GLYPHS = 8
_DOUBTFUL = 0.8
OnPage = Callable[[int, int], None]


def load_engine() -> None:
    """Load the engine and its models, while files may still be opened freely."""
    importlib.import_module("shuiheng.adapters.documents.ocr.ruling")
    importlib.import_module("shuiheng.adapters.documents.ocr.engine").engine()


def read_picture(content: bytes, *, on_page: OnPage | None = None) -> Draft:
    """Return the blocks of a picture, one page for each frame.

    Without the extra for recognition the draft is empty and a finding says so.

    Raises:
        DocumentRefusedError: The picture is damaged or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise DocumentRefusedError("documents.too_many_pixels", limit=_MEGAPIXELS)
            frames = min(getattr(picture, "n_frames", 1), _MOST_FRAMES)
            if find_spec("rapidocr") is None or find_spec("cv2") is None:
                return _unread(frames)
            pages = []
            for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                if number > frames:
                    break
                upright = ImageOps.exif_transpose(frame.convert("RGB"))
                pages.append(_page(_pixels(upright), number=number, scale=_scale(upright)))
                if on_page is not None:
                    on_page(number, frames)
    except Image.DecompressionBombError:
        raise DocumentRefusedError("documents.too_many_pixels", limit=_MEGAPIXELS) from None
    except DocumentRefusedError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise DocumentRefusedError("documents.damaged") from None
    return _with_doubts(draft_of_pages(pages, reader=READER), pages)


def read_scanned_pdf(content: bytes, *, on_page: OnPage | None = None) -> Draft:
    """Return the blocks of a PDF; pages without a text layer are recognised.

    Raises:
        DocumentRefusedError: The file is encrypted or damaged.
    """
    pages = list(text_pages(content, None))
    total = len(pages)
    try:
        source = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        raise DocumentRefusedError("documents.damaged") from None
    try:
        for index, page in enumerate(pages):
            if page.glyph_count < _FEWEST_GLYPHS and page.picture_count:
                sheet = source[index]
                pixels = sheet.render(scale=_RESOLUTION / _POINTS, rev_byteorder=False).to_numpy()
                sheet.close()
                pages[index] = _page(_three_colours(pixels), number=page.number, scale=_POINTS / _RESOLUTION)
            if on_page is not None:
                on_page(index + 1, total)
    except pypdfium2.PdfiumError:
        raise DocumentRefusedError("documents.damaged") from None
    finally:
        source.close()
    return _with_doubts(draft_of_pages(pages, reader=READER), pages)


def _unread(frames: int) -> Draft:
    missing = note("documents.recognition_missing", package="shuiheng[ocr]")
    return Draft(blocks=(), reader=READER, page_count=frames, findings=(missing,))


def _pixels(picture: Image.Image) -> Any:
    numpy = importlib.import_module("numpy")
    return numpy.ascontiguousarray(numpy.asarray(picture)[:, :, ::-1])


def _three_colours(pixels: Any) -> Any:
    numpy = importlib.import_module("numpy")
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        pixels = numpy.repeat(pixels.reshape(pixels.shape[0], pixels.shape[1], 1), 3, axis=2)
    return numpy.ascontiguousarray(pixels[:, :, :3])


def _scale(picture: Image.Image) -> float:
    """Return the points for one pixel as if the picture were as wide as a page of A4."""
    return 595.0 / picture.width if picture.width <= picture.height else 842.0 / picture.width


def _page(pixels: Any, *, number: int, scale: float) -> PageContent:
    """Return what stands on a picture of a page."""
    ocr = importlib.import_module("shuiheng.adapters.documents.ocr.engine")
    ruling = importlib.import_module("shuiheng.adapters.documents.ocr.ruling")
    found = ocr.recognised(pixels, page=number, scale=scale)
    tables = ruling.ruled_in_picture(pixels, angle=found.angle, page=number, scale=scale)
    outside: list[Line] = list(found.lines)
    for table in tables:
        inner = [line for line in outside if _is_in(line, table)]
        ruling.into_cells(table, inner)
        outside = [line for line in outside if not _is_in(line, table)]
    kept = [table for table in tables if sum(bool(cell.lines) for cell in table.cells) > 1]
    height, width = pixels.shape[:2]
    return PageContent(
        number=number,
        width=width * scale,
        height=height * scale,
        lines=ruling.level_lines(outside),
        tables=kept,
        glyph_count=sum(len(line.text) for line in found.lines),
        picture_count=1,
    )


def _is_in(line: Line, table: Any) -> bool:
    middle = (line.top + line.bottom) / 2
    return bool(table.x0 - 2 <= line.middle <= table.x1 + 2 and table.top <= middle <= table.bottom)


def _with_doubts(draft: Draft, pages: list[PageContent]) -> Draft:
    """Add a finding for each page with words that were hard to recognise."""
    findings = list(draft.findings)
    for page in pages:
        lines = [*page.lines, *(line for table in page.tables for cell in table.cells for line in cell.lines)]
        doubtful = [line for line in lines if line.confidence < _DOUBTFUL]
        if doubtful:
            words = "；".join(line.text for line in doubtful[:3])
            findings.append(
                note("documents.doubtful_words", page=page.number, evidence=words, count=str(len(doubtful)))
            )
    return replace(draft, findings=tuple(findings))
