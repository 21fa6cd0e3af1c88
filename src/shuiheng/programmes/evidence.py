"""What a set of evidence supports: an electronic record that nobody has reviewed supports nothing.

A record of a device, such as a meter reading or a picture of a camera, is evidence only after a person has
looked at how it came about and at what it shows (Law on Penalties, article 41); a meter must have been
verified when it recorded. What was collected for statistics is no evidence at all (Law on Statistics).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from shuiheng.programmes.kind import EvidenceNeed


class EvidenceState(StrEnum):
    """How far evidence has come: as it was brought, accepted by a second person, or rejected."""

    RAW = "raw"
    REVIEWED = "reviewed"
    REJECTED = "rejected"


class WhyNot(StrEnum):
    """Why a piece of evidence supports nothing."""

    SURVEY = "survey"
    REJECTED = "rejected"
    OWN_REVIEW = "own_review"
    UNREVIEWED = "unreviewed"
    UNVERIFIED_METER = "unverified_meter"
    SAME_BYTES = "same_bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence (证据).

    Args:
        key: Its key.
        kind: What kind of evidence it is, as steps and findings ask for it.
        sha256: Hash of its bytes.
        by: Who brought it; empty for a device.
        state: How far it has come.
        reviewed_by: Who accepted or rejected it; empty for nobody yet.
        is_electronic: Whether a device recorded it.
        is_meter_verified: Whether the meter was verified on the day; None where no meter is concerned.
        is_survey: Whether it was collected under a statistical survey.
    """

    key: str
    kind: str
    sha256: str
    by: str
    state: EvidenceState = EvidenceState.RAW
    reviewed_by: str = ""
    is_electronic: bool = False
    is_meter_verified: bool | None = None
    is_survey: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """Of which evidence how much is missing."""

    kind: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What a set of evidence supports (证明力).

    Args:
        counted: Keys of what counts, in order.
        set_aside: Key and reason of what does not.
        lacks: What is still missing; empty when all that is needed is there.
    """

    counted: tuple[str, ...]
    set_aside: tuple[tuple[str, WhyNot], ...]
    lacks: tuple[Lack, ...]

    @property
    def is_enough(self) -> bool:
        """Return whether nothing that is needed is missing."""
        return not self.lacks


def support_of(held: Iterable[Evidence], needs: Iterable[EvidenceNeed]) -> Support:
    """Return what a set of evidence supports (证明力), whatever its order.

    The same bytes count once for each kind. Evidence of a kind that nothing needs is left out.

    Args:
        held: The evidence.
        needs: What is needed; `is_reviewed` asks for a review of paper too. Needs of one kind add up.
    """
    needed: dict[str, EvidenceNeed] = {}
    for need in needs:
        needed[need.kind] = _together(need, needed.get(need.kind))
    counted: dict[str, list[str]] = {kind: [] for kind in needed}
    set_aside, seen = [], set[tuple[str, str]]()
    for piece in sorted(held, key=lambda each: each.key):
        if piece.kind not in needed:
            continue
        reason = why_not(piece, is_review_needed=needed[piece.kind].is_reviewed)
        if reason is None and (piece.kind, piece.sha256) in seen:
            reason = WhyNot.SAME_BYTES
        if reason is not None:
            set_aside.append((piece.key, reason))
        else:
            seen.add((piece.kind, piece.sha256))
            counted[piece.kind].append(piece.key)
    return Support(
        counted=tuple(sorted(key for keys in counted.values() for key in keys)),
        set_aside=tuple(set_aside),
        lacks=tuple(
            Lack(kind=kind, missing=need.least - len(counted[kind]))
            for kind, need in sorted(needed.items())
            if len(counted[kind]) < need.least
        ),
    )


def why_not(piece: Evidence, *, is_review_needed: bool = False) -> WhyNot | None:
    """Return why a piece of evidence supports nothing by itself, or None when it does.

    Args:
        piece: The evidence.
        is_review_needed: Whether paper has to be reviewed too.
    """
    if piece.is_survey:
        return WhyNot.SURVEY
    if piece.state is EvidenceState.REJECTED:
        return WhyNot.REJECTED
    if piece.state is EvidenceState.REVIEWED and piece.reviewed_by in ("", piece.by):
        return WhyNot.OWN_REVIEW
    if piece.state is EvidenceState.RAW and (piece.is_electronic or is_review_needed):
        return WhyNot.UNREVIEWED
    if piece.is_meter_verified is False:
        return WhyNot.UNVERIFIED_METER
    return None


def _together(need: EvidenceNeed, before: EvidenceNeed | None) -> EvidenceNeed:
    if before is None:
        return need
    return replace(need, least=need.least + before.least, is_reviewed=need.is_reviewed or before.is_reviewed)
