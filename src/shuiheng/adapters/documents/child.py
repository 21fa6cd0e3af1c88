"""Running the reading process of documents and taking its answer."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Sequence

from shuiheng.adapters.containers.child import Bounds, failure, run_bounded
from shuiheng.adapters.documents.errors import DocumentRefusedError, ReadingFailedError, in_own_name
from shuiheng.adapters.documents.worker import Order
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.plans.document import SourceDocument
from shuiheng.plans.document_json import document_from_json

WORKER = (sys.executable, "-I", "-X", "utf8", "-m", "shuiheng.adapters.documents.worker")
OnProgress = Callable[[int, int], None]


@in_own_name()
def read_in_child(
    order: Order,
    content: bytes,
    *,
    bounds: Bounds,
    on_progress: OnProgress | None = None,
    command: Sequence[str] = WORKER,
) -> SourceDocument:
    """Return the document that the reading process makes of `content`.

    Raises:
        DocumentRefusedError: The reader refused the content.
        ReadingFailedError: The process died, took too long, or answered nonsense.
    """
    ended = run_bounded(
        command,
        order.line() + content,
        bounds=bounds,
        on_line=lambda line: _tell(line, on_progress),
    )
    if ended.code != 0:
        raise failure(ended)
    return _document(ended.answer)


def _tell(line: str, on_progress: OnProgress | None) -> None:
    words = line.split()
    if on_progress is not None and len(words) == 3 and words[0] == "page":
        with contextlib.suppress(ValueError):
            on_progress(int(words[1]), int(words[2]))


def _document(answer: bytes) -> SourceDocument:
    try:
        told = json.loads(answer)
        if isinstance(told, dict) and isinstance(refused := told.get("refused"), dict):
            values = {str(name): str(value) for name, value in dict(refused.get("values") or {}).items()}
            raise DocumentRefusedError(str(refused.get("code")), **values)
        if not isinstance(told, dict):
            raise ReadingFailedError("documents.bad_answer")
        return document_from_json(told.get("document"))
    except (JsonFormatError, json.JSONDecodeError, UnicodeDecodeError, TypeError) as error:
        raise ReadingFailedError("documents.bad_answer") from error
