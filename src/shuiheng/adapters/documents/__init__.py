"""Reading the files in which plans are published.

In: the bytes of a file and its name. Out: a `SourceDocument`, one canonical text with
blocks that point into it, the same whatever the format was. A file is first held against
the gate (size, name, ending, first bytes, inner structure), then read in a process of its
own with limits on memory, time and reach. What is refused is refused by name:
`DocumentRefusedError` with a code, whose sentence and remedy stand in the rulebook.
"""

from shuiheng.adapters.documents.errors import DocumentRefusedError, ReaderMissingError, ReadingFailedError
from shuiheng.adapters.documents.forms import ENDINGS
from shuiheng.adapters.documents.limits import ReadingLimits
from shuiheng.adapters.documents.reading import read_document

__all__ = [
    "ENDINGS",
    "DocumentRefusedError",
    "ReaderMissingError",
    "ReadingFailedError",
    "ReadingLimits",
    "read_document",
]
