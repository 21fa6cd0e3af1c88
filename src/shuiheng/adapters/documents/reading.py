"""Reading one file from its bytes to a document: gate, conversion where needed, reading process."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

from shuiheng.adapters.containers.child import Bounds
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
        DocumentRefusedError: The gate or the reader refused the file; `code` says why.
        ReadingFailedError: The reading process died, took too long or answered nonsense.
        ReaderMissingError: A program that this form needs is not installed.
    """
    admitted = admit(content, name=name, limits=limits)
    form = admitted.form
    if form.is_converted:
        content = converted_to_docx(content, form, limits)
        admit(content, name="converted.docx", limits=replace(limits, file_bytes=limits.unpacked_bytes))
    read_as = Form.DOCX if form.is_converted else form

    def read(*, recognise: bool) -> SourceDocument:
        order = Order(
            name=admitted.name,
            form=read_as.value,
            memory_bytes=limits.heavy_memory_bytes if recognise else limits.memory_bytes,
            cpu_seconds=limits.heavy_cpu_seconds if recognise else limits.cpu_seconds,
            recognise=recognise,
        )
        return read_in_child(
            order,
            content,
            bounds=Bounds(
                wall_seconds=limits.heavy_wall_seconds if recognise else limits.wall_seconds,
                answer_bytes=limits.answer_bytes,
            ),
            on_progress=on_progress,
        )

    can_recognise = has_recognition()
    document = read(recognise=form.is_picture and can_recognise)
    if form is Form.PDF and can_recognise and _has_scanned_page(document):
        document = read(recognise=True)
    return replace(document, media_type=form.media_type) if form.is_converted else document


def has_recognition() -> bool:
    """Return whether the extra that recognises the words of pictures is installed."""
    return all(find_spec(module) is not None for module in ("rapidocr", "onnxruntime", "cv2"))


def _has_scanned_page(document: SourceDocument) -> bool:
    return any(finding.code == "documents.page_without_text" for finding in document.findings)
