"""What is written down about a change, and what seals it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

FORM = 1
"""Number of the canonical form; it stands inside the bytes that are hashed."""

NO_SEAL = "0" * 64
"""What stands for the seal before the first one."""


class Algorithm(StrEnum):
    """Digest by which rows and seals are hashed; its id is stored beside each hash."""

    SHA256 = "sha256"
    SM3 = "sm3"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecord:
    """Who did what to what, when and why, and what stood before and after (审计事件).

    Every field is hashed. Personal values never stand here in clear: the caller puts
    `salted_hash(value, salt=...)` in their place, so that they can be erased elsewhere
    and the log still verifies. `before` and `after` hold the changed fields only.

    Args:
        key: UUID of the event as text.
        at: Instant of the change, with its zone.
        actor: Stable key of the account (`account:12`), or None for the system.
        actor_name_digest: Salted hash of the name that was shown, or None.
        role: Role in which the actor acted; empty for the system.
        organisation: Key of the unit for which the actor acted, or None.
        place: Key of the city whose event it is, or None for the installation.
        action: Name of the use case in the past tense, for example `plan.published`.
        subject: What it was about, for example `version:12`.
        reason: Reason that was given; empty when none.
        before: Changed fields as they were, or None when there was nothing.
        after: Changed fields as they are now, or None when nothing is left.
        details: Further plain values that help to understand the event.
        request: Id of the request or job; empty outside of one.
        is_refused: Whether the act was refused.
        schema: Version of the meaning of the fields in `before` and `after`.
    """

    key: str
    at: datetime
    actor: str | None
    action: str
    subject: str
    actor_name_digest: str | None = None
    role: str = ""
    organisation: str | None = None
    place: str | None = None
    reason: str = ""
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    details: Mapping[str, object] | None = None
    request: str = ""
    is_refused: bool = False
    schema: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """A row of the log as it is stored: the record with its hash.

    Args:
        record: What the row says.
        row_hash: Hash that stands in the row, hexadecimal.
        algorithm: Digest by which it was made.
    """

    record: EventRecord
    row_hash: str
    algorithm: str = Algorithm.SHA256


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldEvent:
    """A sealed row whose content the reader of an export may not see; its hash keeps its place.

    Args:
        row_hash: Hash of what the row says now, made anew by the exporter, hexadecimal.
    """

    row_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The root over a batch of rows, chained to the seal before (封印).

    Args:
        number: Place in the chain, counted from 1, without gaps.
        previous: Value of the seal before, or NO_SEAL.
        root: Root of the Merkle tree over `leaves`, hexadecimal.
        count: Number of rows.
        at: Instant of sealing.
        algorithm: Digest of the tree and of the seal.
        value: Hash of the five fields above; this is what anchors print.
        leaves: Hashes of the rows in sealed order. They are kept apart from the rows, so
            that a row that was changed together with its own hash can be named.
    """

    number: int
    previous: str
    root: str
    count: int
    at: datetime
    algorithm: str
    value: str
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InclusionProof:
    """Shows that one event stands in a seal, without the other events (包含证明).

    Args:
        event: Canonical form of the event.
        algorithm: Digest of the row.
        index: Place of the row in the seal, counted from 0.
        path: Sibling hashes from the row up to the root, hexadecimal.
        seals: The seal that holds it, then each later one up to the seal that was anchored.
    """

    event: Json
    algorithm: str
    index: int
    path: tuple[str, ...]
    seals: tuple[Seal, ...]
