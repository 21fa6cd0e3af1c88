"""Reading one file from its bytes to a document: gate, conversion where needed, reading process."""

from __future__ import annotations

from dataclasses import replace

from shuiheng.adapters.documents.child import OnProgress, read_in_child
from shuiheng.adapters.documents.forms import Form
from shuiheng.adapters.documents.gate import admit
from shuiheng.adapters.documents.limits import ReadingLimits
from shuiheng.adapters.documents.office import converted_to_docx
from shuiheng.adapters.documents.worker import Order
from shuiheng.plans.document import SourceDocument

DEFAULT_LIMITS = ReadingLimits()


def read_document(
    content: bytes,
    *,
    name: str,
    limits: ReadingLimits = DEFAULT_LIMITS,
    on_progress: OnProgress | None = None,
) -> SourceDocument:
    """Return the document that stands in `content`.

    Args:
        content: Bytes of the file.
        name: Name of the file; its ending must agree with the content.
        limits: How much of the machine the reading may take.
        on_progress: Told how many pages are read, and of how many.

    Raises:
        DocumentRefused: The gate or the reader refused the file; `code` says why.
        ReadingFailed: The reading process died, took too long or answered nonsense.
        ReaderMissing: A program that this form needs is not installed.
    """
    admitted = admit(content, name=name, limits=limits)
    form = admitted.form
    if form.is_converted:
        content = converted_to_docx(content, form, limits)
        admit(content, name="converted.docx", limits=replace(limits, file_bytes=limits.unpacked_bytes))
    read_as = Form.DOCX if form.is_converted else form
    # Scanned pages stand in PDF files too, and recognition maps large models.
    heavy = form.is_picture or form is Form.PDF
    order = Order(
        name=admitted.name,
        form=read_as.value,
        memory_bytes=limits.heavy_memory_bytes if heavy else limits.memory_bytes,
        cpu_seconds=limits.heavy_cpu_seconds if heavy else limits.cpu_seconds,
    )
    document = read_in_child(
        order,
        content,
        wall_seconds=limits.heavy_wall_seconds if heavy else limits.wall_seconds,
        answer_bytes=limits.answer_bytes,
        on_progress=on_progress,
    )
    return replace(document, media_type=form.media_type) if form.is_converted else document
