"""Add evidence to a step of a case: files of any kind that is taken, or a word on where the paper lies."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, CaseEvidence, ProgrammeCase
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.events import EvidenceAdded
from shuiheng.programmes.kind import StepKind
from shuiheng.services.cases.case_act import case_in_hand, word_of_actor
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.end_step import step_of
from shuiheng.services.cases.keep_case import add_event, state_of, tell_case
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.keep_evidence import media_type_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import roles_over, row_for

LONGEST_TITLE, MOST_FILES = 200, 200
PICTURES = ("image/jpeg", "image/png")
WIDEST, HIGHEST = Decimal(180), Decimal(90)
FINEST = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFields:
    """What evidence is.

    Args:
        step: The step for which it is.
        kind: Its kind, as steps ask for it.
        title: What it shows; of paper, where it lies.
        on: The day on which it was handed in; None for today.
        taken_at: When a picture was taken, or None.
        longitude: Where, in degrees, or None.
        latitude: Where, in degrees, or None.
    """

    step: str
    kind: str
    title: str = ""
    on: date | None = None
    taken_at: datetime | None = None
    longitude: Decimal | None = None
    latitude: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file as it was sent; its name is only for display, and its ending must agree with its content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEvidence:
    """A kept file with its row."""

    row: CaseEvidence
    content: bytes


def add_case_files(
    actor: Actor, key: int, fields: EvidenceFields, files: Sequence[SentFile]
) -> list[CaseEvidence]:
    """Keep files as evidence of a step, all or none; the same bytes for the same need are kept once.

    They are kept anew where the earlier ones no longer count, because the case was sent back since.

    Raises:
        EmptyFileError, FileTooLargeError: A file holds nothing or too much.
        ServiceError: `services.nothing_chosen`, `cases.evidence_many`, `cases.wrong_evidence`,
            `cases.not_your_step`, `cases.bad_position`; a file is of no kind that is taken; the code of a
            CaseError.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_STEP)
    if not files:
        raise ServiceError("services.nothing_chosen")
    types = [media_type_of(each.content, each.name) for each in files]
    _refuse_position(fields)
    with transaction.atomic():
        row = _open_case(account, key, fields)
        found = [_keep(account, row, fields, file, kind) for file, kind in zip(files, types, strict=True)]
        _tell(account, row, fields, [each for each, is_new in found if is_new])
    return [each for each, _ in found]


def note_case_paper(actor: Actor, key: int, fields: EvidenceFields) -> CaseEvidence:
    """Note evidence that lies on paper, with a word on where (纸质材料).

    Raises:
        ServiceError: `cases.place_of_paper`, and as `add_case_files`.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_STEP)
    if not fields.title.strip():
        raise ServiceError("cases.place_of_paper")
    with transaction.atomic():
        row = _open_case(account, key, fields)
        evidence = _row(account, row, fields)
        evidence.is_paper = True
        _save(account, row, fields, evidence)
        _tell(account, row, fields, [evidence])
    return evidence


def case_evidence_file(actor: Actor, key: int) -> KeptEvidence:
    """Return a file to whoever may look at its case; the look is written down.

    Raises:
        NotThereError, NotPermittedError: It is not there, is paper, or is not the actor's.
    """
    account = require(actor, Action.CASES_LOOK)
    row = row_for(account, Action.CASES_LOOK, CaseEvidence, pk=key, is_paper=False)
    content = kept_content(row.stored_name)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise NotThereError(f"case_evidence:{key}")
    with transaction.atomic():
        record_event(
            account,
            "case.evidence_opened",
            subject=f"case:{row.case_id}",
            place=row.case.place,
            evidence=row.key,
        )
    return KeptEvidence(row=row, content=content)


def _open_case(account: Account, key: int, fields: EvidenceFields) -> ProgrammeCase:
    row = case_in_hand(account, Action.CASES_STEP, key, known=None)
    step = step_of(kind_of(row), fields.step)
    if not roles_over(account, Action.CASES_REVIEW, row):
        word_of_actor(account, row, step.who, step=step.id)
    _refuse_kind(step, fields.kind)
    if row.evidence.count() >= MOST_FILES:
        raise ServiceError("cases.evidence_many", limit=str(MOST_FILES))
    return row


def _refuse_kind(step: StepKind, kind: str) -> None:
    if kind not in programme_words().evidence:
        raise ServiceError("cases.wrong_evidence", kind=kind, step=step.id)


def _refuse_position(fields: EvidenceFields) -> None:
    for degrees, most in ((fields.longitude, WIDEST), (fields.latitude, HIGHEST)):
        if degrees is not None and not (degrees.is_finite() and abs(degrees) <= most):
            raise ServiceError("cases.bad_position", position=str(degrees)[:20])


def _keep(
    account: Account, row: ProgrammeCase, fields: EvidenceFields, file: SentFile, media_type: str
) -> tuple[CaseEvidence, bool]:
    digest = hashlib.sha256(file.content).hexdigest()
    used = [key for key, piece in state_of(row).evidence.items() if piece.is_used]
    alike = row.evidence.filter(step=fields.step, kind=fields.kind, sha256=digest, is_accepted__isnull=True)
    twin = alike.exclude(key__in=used).first()
    if twin is not None:
        return twin, False
    kept = keep_file(file.content)
    evidence = _row(account, row, fields)
    evidence.stored_name, evidence.sha256, evidence.byte_count = kept.name, kept.sha256, kept.byte_count
    evidence.original_name, evidence.media_type = shown_name(file.name), media_type
    evidence.is_electronic = media_type in PICTURES
    _save(account, row, fields, evidence)
    return evidence, True


def _row(account: Account, row: ProgrammeCase, fields: EvidenceFields) -> CaseEvidence:
    return CaseEvidence(
        case=row,
        key=f"e{row.evidence.count() + 1}",
        step=fields.step,
        kind=fields.kind,
        title=fields.title.strip()[:LONGEST_TITLE],
        taken_at=fields.taken_at,
        longitude=None if fields.longitude is None else fields.longitude.quantize(FINEST),
        latitude=None if fields.latitude is None else fields.latitude.quantize(FINEST),
        submitted_by=account,
        submitted_at=timezone.now(),
    )


def _save(account: Account, row: ProgrammeCase, fields: EvidenceFields, evidence: CaseEvidence) -> None:
    evidence.save()
    added = EvidenceAdded(
        on=fields.on or timezone.localdate(),
        by=str(account.pk),
        key=evidence.key,
        step=fields.step,
        kind=fields.kind,
    )
    add_event(account, row, added)


def _tell(account: Account, row: ProgrammeCase, fields: EvidenceFields, rows: Sequence[CaseEvidence]) -> None:
    if rows:
        keys = ", ".join(each.key for each in rows)
        tell_case(account, row, "case.evidence_added", step=fields.step, evidence=keys)
