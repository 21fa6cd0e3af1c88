"""What was done, by whom, and can anyone have changed the record since?

In: events as values. Out: their canonical bytes and hashes, seals over batches of them, proofs
that an event stands in a seal, and the lines of an export. `verify` is a program of its own that
reads an export and imports nothing of this package; it can be copied and run by a stranger.
Who calls: the services that write events, seal them and export them.
"""

from shuiheng.audit.canonical import canonical_bytes, event_json, plain_json
from shuiheng.audit.errors import (
    EmptyTreeError,
    NoSuchLeafError,
    NotALogError,
    NotCanonicalError,
    UnknownAlgorithmError,
)
from shuiheng.audit.merkle import inclusion_path, merkle_root, root_from_path
from shuiheng.audit.model import (
    NO_SEAL,
    Algorithm,
    EventRecord,
    InclusionProof,
    LoggedEvent,
    Seal,
    WithheldEvent,
)
from shuiheng.audit.row_hash import logged, row_hash, salted_hash
from shuiheng.audit.seal import MOST_LEAVES, holds, make_seal, seal_value

__all__ = [
    "MOST_LEAVES",
    "NO_SEAL",
    "Algorithm",
    "EmptyTreeError",
    "EventRecord",
    "InclusionProof",
    "LoggedEvent",
    "NoSuchLeafError",
    "NotALogError",
    "NotCanonicalError",
    "Seal",
    "UnknownAlgorithmError",
    "WithheldEvent",
    "canonical_bytes",
    "event_json",
    "holds",
    "inclusion_path",
    "logged",
    "make_seal",
    "merkle_root",
    "plain_json",
    "root_from_path",
    "row_hash",
    "salted_hash",
    "seal_value",
]
