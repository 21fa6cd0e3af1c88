"""Which reader reads which form. A reader's libraries are loaded only when it is needed."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from shuiheng.adapters.documents.drafts import Draft
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.forms import Form

OnPage = Callable[[int, int], None]

# Module and function of the reader of each form that the reading process reads itself.
_READERS = {
    Form.TEXT: ("text.plain", "read_plain_text"),
    Form.DOCX: ("docx.reader", "read_docx"),
    Form.HTML: ("html.reader", "read_html"),
    Form.PDF: ("pdf.reader", "read_pdf"),
    # Without the extra a picture is answered with a finding.
    Form.PNG: ("ocr.reader", "read_picture"),
    Form.JPEG: ("ocr.reader", "read_picture"),
    Form.TIFF: ("ocr.reader", "read_picture"),
}


_RECOGNISING = {**_READERS, Form.PDF: ("ocr.reader", "read_scanned_pdf")}


def draft_of(
    form: Form, content: bytes, *, recognise: bool, fence: Callable[[], None], on_page: OnPage
) -> Draft:
    """Return what the reader of `form` makes of `content`.

    Args:
        form: Form of the file, as the gate found it.
        content: Its bytes.
        recognise: Whether to recognise the words of scanned pages.
        fence: Called when the libraries are loaded, before the first byte is looked at.
        on_page: Told how many pages are done, and of how many.

    Raises:
        DocumentRefusedError: The content is not what its form promises.
    """
    if form not in _READERS:
        raise DocumentRefusedError("documents.unknown_form", form=form.value)
    module, name = (_RECOGNISING if recognise else _READERS)[form]
    reader = importlib.import_module(f"shuiheng.adapters.documents.{module}")
    read = getattr(reader, name)
    if recognise:
        reader.load_engine()
    fence()
    draft: Draft = read(content, on_page=on_page)
    return draft
