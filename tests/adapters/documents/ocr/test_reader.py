from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from adapters.documents.making import PdfPage, pdf_of
from places import SHARED, needs_real_plans
from shuiheng.adapters.documents import read_document
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.ocr import reader
from shuiheng.adapters.documents.reading import has_recognition

needs_recognition = pytest.mark.skipif(
    not has_recognition(), reason="the extra shuiheng[ocr] is not installed"
)


def _png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    picture = Image.new("L", (width, height), 255)
    ImageDraw.Draw(picture).line((5, 5, 20, 5), fill=0)
    picture.save(out, "PNG")
    return out.getvalue()


def test_without_the_extra_a_picture_is_answered_with_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_spec", lambda name: None)
    draft = reader.read_picture(_png(40, 40))
    assert [finding.code for finding in draft.findings] == ["documents.recognition_missing"]
    assert (draft.page_count, list(draft.blocks)) == (1, [])


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n", _png(40, 40)[:50], b"\xff\xd8\xff\xe0"])
def test_a_damaged_picture_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefusedError, match=r"documents\.damaged"):
        reader.read_picture(content)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "_MOST_PIXELS", 1000)
    with pytest.raises(DocumentRefusedError, match=r"documents\.too_many_pixels"):
        reader.read_picture(_png(40, 40))


def test_a_pdf_whose_pages_have_text_is_read_without_recognition() -> None:
    draft = reader.read_scanned_pdf(pdf_of(PdfPage().text(114, 120, "推进管网改造和计量。")))
    assert [block.text for block in draft.blocks] == ["推进管网改造和计量。"]


@needs_recognition
@needs_real_plans
@pytest.mark.real_plans
def test_a_scanned_page_of_a_real_plan_gives_its_words_and_its_grid() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    source = pdfium.PdfDocument(SHARED / "plans" / "pdf" / "000_cixi.pdf")
    picture = (
        source[0]
        .render(scale=2)
        .to_pil()
        .convert("L")
        .rotate(0.8, fillcolor=255, resample=Image.Resampling.BICUBIC)
    )
    source.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    document = read_document(out.getvalue(), name="scan.png")
    (table,) = [block for block in document.blocks if block.cells]
    assert table.column_count == 6
    assert [document.words(cell.span) for cell in table.cells if cell.row == 0][-2:] == [
        "牵头单位",
        "参与单位",
    ]
    assert table.confidence > 0.5
