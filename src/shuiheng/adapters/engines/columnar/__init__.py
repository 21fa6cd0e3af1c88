"""The embedded engine: one folder of Parquet files, one writer, many readers.

`open_store(folder)` gives the store; its `writer` appends evidence and settles it, its
`snapshot` reads one generation of it. How it is kept: docs/decisions/0011-columnar-store.md.
"""

from shuiheng.adapters.engines.columnar.errors import (
    BadEvidenceError,
    BatchClashError,
    DamagedStoreError,
    StoreBusyError,
    UnknownBatchError,
    UnknownSnapshotError,
)
from shuiheng.adapters.engines.columnar.reader import Reader
from shuiheng.adapters.engines.columnar.store import Store, open_store
from shuiheng.adapters.engines.columnar.writer import Writer

__all__ = [
    "BadEvidenceError",
    "BatchClashError",
    "DamagedStoreError",
    "Reader",
    "Store",
    "StoreBusyError",
    "UnknownBatchError",
    "UnknownSnapshotError",
    "Writer",
    "open_store",
]
