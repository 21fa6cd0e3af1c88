"""The text of a document's bytes, in whichever encoding of Chinese texts it stands."""

from __future__ import annotations

from shuiheng.adapters.containers import encoding
from shuiheng.adapters.documents.errors import in_own_name


@in_own_name()
def decoded(content: bytes) -> str:
    """Return the text of `content` in UTF-8, UTF-16 or GB18030, whichever it is.

    Raises:
        DocumentRefusedError: `documents.not_text`: it is none of them, or holds binary characters.
    """
    return encoding.decoded(content)
