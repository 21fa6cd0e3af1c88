"""Why a document was not read; the sentences stand in `rulebook/findings/documents.yaml`."""

from __future__ import annotations

from functools import partial

from shuiheng.adapters.containers.errors import RefusalError, in_name_of


class DocumentRefusedError(RefusalError):
    """A file was not read, for a reason that the sender can mend."""


class ReadingFailedError(DocumentRefusedError):
    """The reading process died, ran out of its limits or gave an answer that is none."""


class ReaderMissingError(DocumentRefusedError):
    """A program or extra that this format needs is not installed."""


in_own_name = partial(in_name_of, "documents", refused=DocumentRefusedError, failed=ReadingFailedError)
