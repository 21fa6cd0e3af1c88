"""The reading process: takes a file on its input, answers with a document as JSON.

Input: one line of JSON (`Order`), then the bytes of the file. Output: one JSON object,
`{"document": ...}` or `{"refused": {"code": ..., "values": ...}}`. Progress goes to the
error stream, one line `page DONE TOTAL` for each page.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass

from shuiheng.adapters.containers import fences
from shuiheng.adapters.documents.drafts import document_of
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.forms import Form
from shuiheng.adapters.documents.readers import draft_of
from shuiheng.plans.document_json import document_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the reading process is to do, and within what."""

    name: str
    form: str
    memory_bytes: int
    cpu_seconds: int
    recognise: bool = False

    def line(self) -> bytes:
        """Return the order as the first line of the input."""
        return json.dumps(asdict(self), ensure_ascii=True).encode("ascii") + b"\n"


def main() -> int:
    """Read one file from the input and print the document."""
    source = sys.stdin.buffer
    order = Order(**json.loads(source.readline()))
    content = source.read()
    fences.limit_machine(memory_bytes=order.memory_bytes, cpu_seconds=order.cpu_seconds, file_bytes=0)
    fences.leave_network()
    sys.stdout.write(json.dumps(answer(order, content), ensure_ascii=True))
    sys.stdout.flush()
    return 0


def answer(order: Order, content: bytes) -> dict[str, object]:
    """Return the document of `content`, or why it was refused, as JSON values."""
    form = Form(order.form)
    try:
        draft = draft_of(
            form, content, recognise=order.recognise, fence=fences.forbid_reaching_out, on_page=_say
        )
        document = document_of(draft, name=order.name, media_type=form.media_type)
    except DocumentRefusedError as refused:
        return {"refused": {"code": refused.code, "values": refused.values}}
    except MemoryError:
        return {"refused": {"code": "documents.too_much_memory", "values": {}}}
    except RecursionError:
        return {"refused": {"code": "documents.too_deep", "values": {}}}
    return {"document": document_json(document)}


def _say(done: int, total: int) -> None:
    sys.stderr.write(f"page {done} {total}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
