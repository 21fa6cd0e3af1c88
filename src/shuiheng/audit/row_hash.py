"""The hash of one row, and the salted hash of a personal value inside it."""

from __future__ import annotations

import hashlib
import hmac

from shuiheng.audit.canonical import canonical_bytes
from shuiheng.audit.errors import UnknownAlgorithmError
from shuiheng.audit.model import Algorithm, EventRecord, LoggedEvent

LEAF = b"\x00"
SHORTEST_SALT = 16


def digest(content: bytes, *, algorithm: str = Algorithm.SHA256) -> bytes:
    """Return the 32 bytes of a digest.

    Raises:
        UnknownAlgorithmError: It is neither of the two, or this machine cannot compute it.
    """
    if algorithm == Algorithm.SHA256:
        return hashlib.sha256(content).digest()
    if algorithm != Algorithm.SM3 or "sm3" not in hashlib.algorithms_available:
        raise UnknownAlgorithmError(algorithm)
    return hashlib.new("sm3", content).digest()


def row_hash(record: EventRecord, *, algorithm: str = Algorithm.SHA256) -> str:
    """Return the hash of an event, hexadecimal: H(0x00 ‖ canonical bytes).

    The leading byte keeps a row from being passed off as a node of the tree (RFC 6962, 2.1).

    Raises:
        NotCanonicalError: A value of the event has no canonical form.
        UnknownAlgorithmError: The digest is not known here.
    """
    return digest(LEAF + canonical_bytes(record), algorithm=algorithm).hex()


def logged(record: EventRecord, *, algorithm: str = Algorithm.SHA256) -> LoggedEvent:
    """Return an event with its hash, as it is stored."""
    return LoggedEvent(
        record=record, row_hash=row_hash(record, algorithm=algorithm), algorithm=str(algorithm)
    )


def salted_hash(value: str, *, salt: bytes, algorithm: str = Algorithm.SHA256) -> str:
    """Return what stands in an event for a personal value: `sha256:` and a keyed hash.

    The salt stands outside the log, one per person; when it is erased with the value,
    nobody can find the value by trying names.

    Raises:
        ValueError: The salt is shorter than 16 bytes.
        UnknownAlgorithmError: The digest is not known here.
    """
    if len(salt) < SHORTEST_SALT:
        raise ValueError(f"A salt has at least {SHORTEST_SALT} bytes, this one has {len(salt)}.")
    digest(b"", algorithm=algorithm)
    return f"{algorithm}:{hmac.new(salt, value.encode(), str(algorithm)).hexdigest()}"
