"""Fill in a check on the spot and sign it: as many inspectors as the law asks, each by an own account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Check, CheckAnswer, CheckResult, CheckState
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.check_steps import (
    TO_FILL,
    content_digest,
    locked_check,
    member_of,
    question_ids,
    settle_state,
    tell_check,
)
from shuiheng.services.inspections.check_terms import publish_by, team_size
from shuiheng.services.permission import Action, Actor, require

LONGEST = {"summary": 1000, "present": 60, "answer": 300, "note": 300}
CLOCKS_APART = timedelta(minutes=5)  # between a phone and the server
YES_NO = ("yes", "no", "not_applicable")


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """The answer to one question; an empty one says that nothing was found out."""

    answer: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledCheck:
    """What was filled in (检查记录).

    Args:
        result: What the check came to.
        begun_at: When it began.
        ended_at: When it ended.
        summary: What was found, in words.
        present: Who of the object was there.
        is_certificate_shown: Whether the inspectors showed their certificates.
        answers: By key of the question.
    """

    result: CheckResult
    begun_at: datetime
    ended_at: datetime
    summary: str
    present: str = ""
    is_certificate_shown: bool = False
    answers: Mapping[str, GivenAnswer] = field(default_factory=dict)


def fill_check(actor: Actor, key: int, filled: FilledCheck) -> Check:
    """Keep what was filled in of a check, signed by who did; signatures under other content fall.

    Args:
        actor: An inspector of the team.
        key: The check.
        filled: What was filled in.

    Raises:
        ServiceError: `checks.wrong_state`, `checks.days_turned`, `checks.day_ahead`,
            `checks.certificate_needed`, `checks.summary_needed`, `checks.bad_answer`, `checks.no_rule`.
        NotThereError, NotPermittedError: The actor is not of the team.
    """
    account = require(actor, Action.CHECKS_FILL)
    with transaction.atomic():
        row = locked_check(account, Action.CHECKS_FILL, key, *TO_FILL)
        member_of(account, row)
        _refuse_unfit(filled)
        answers = _answers(row, filled.answers)
        row.result, row.begun_at, row.ended_at = filled.result, filled.begun_at, filled.ended_at
        row.summary = filled.summary.strip()[: LONGEST["summary"]]
        row.present = filled.present.strip()[: LONGEST["present"]]
        row.is_certificate_shown = filled.is_certificate_shown
        row.state = CheckState.UNDER_WAY
        row.save()
        row.answers.all().delete()
        CheckAnswer.objects.bulk_create(answers)
        tell_check(account, row, "check.filled", result=row.result)
        _sign(account, row, content_digest(row))
    return row


def sign_check(actor: Actor, key: int, *, digest: str) -> Check:
    """Sign what another inspector of the team filled in, as it was seen.

    Args:
        actor: An inspector of the team.
        key: The check.
        digest: Hash of what was seen; what has changed since is not signed.

    Raises:
        ServiceError: `checks.wrong_state`, `checks.changed_since`, `checks.signed_already`, `checks.no_rule`.
        NotThereError, NotPermittedError: The actor is not of the team.
    """
    account = require(actor, Action.CHECKS_FILL)
    with transaction.atomic():
        row = locked_check(account, Action.CHECKS_FILL, key, CheckState.UNDER_WAY)
        member_of(account, row)
        if digest != content_digest(row):
            raise ServiceError("checks.changed_since")
        if row.team.filter(signed_by=account, digest=digest).exists():
            raise ServiceError("checks.signed_already")
        _sign(account, row, digest)
    return row


def unsign(row: Check) -> None:
    """Let signatures fall because the content has changed; call it under lock."""
    row.digest = content_digest(row)
    row.team.exclude(digest__in=(row.digest, "")).update(signed_by=None, signed_at=None, digest="")
    row.save(update_fields=["digest"])


def _sign(account: Account, row: Check, digest: str) -> None:
    """Sign under lock; with the last signature that is needed the check is recorded."""
    now = timezone.now()
    row.digest = digest
    row.team.exclude(digest=digest).update(signed_by=None, signed_at=None, digest="")
    member = member_of(account, row)
    member.signed_by, member.signed_at, member.digest = account, now, digest
    member.save(update_fields=["signed_by", "signed_at", "digest"])
    tell_check(account, row, "check.signed", digest=digest)
    today = timezone.localdate(now)
    signed = set(row.team.filter(digest=digest).values_list("signed_by", flat=True))
    if len(signed) >= team_size(row.place, today):
        due = publish_by(row.place, today)
        row.recorded_on, row.publish_by, row.rules = today, due.on, [due.kept]
        settle_state(row)
        tell_check(account, row, "check.recorded", result=row.result, publish_by=due.on.isoformat())
    row.save()


def _refuse_unfit(filled: FilledCheck) -> None:
    if filled.ended_at < filled.begun_at:
        raise ServiceError("checks.days_turned")
    if filled.ended_at > timezone.now() + CLOCKS_APART:
        raise ServiceError("checks.day_ahead")
    is_met = filled.result != CheckResult.NOT_FOUND
    if is_met and not filled.is_certificate_shown:
        raise ServiceError("checks.certificate_needed")
    if filled.result != CheckResult.PASSED and not filled.summary.strip():
        raise ServiceError("checks.summary_needed")


def _answers(row: Check, given: Mapping[str, GivenAnswer]) -> list[CheckAnswer]:
    known = question_ids(row.items)
    if unknown := sorted(set(given) - set(known)):
        raise ServiceError("checks.bad_answer", question=unknown[0][:60])
    found = []
    for key, each in given.items():
        question = known[key]
        answer, note = each.answer.strip(), each.note.strip()
        if not answer and not note:
            continue
        if answer and not _fits(question, answer):
            raise ServiceError("checks.bad_answer", question=str(question["text"])[:60])
        found.append(
            CheckAnswer(
                of=row,
                question=key,
                answer=answer[: LONGEST["answer"]],
                note=note[: LONGEST["note"]],
                unit=str(question.get("unit") or ""),
            )
        )
    return found


def _fits(question: Mapping[str, Any], answer: str) -> bool:
    if question["answer"] == "yes_no":
        return answer in YES_NO
    if question["answer"] == "number":
        try:
            return Decimal(answer).is_finite()
        except InvalidOperation:
            return False
    return len(answer) <= LONGEST["answer"]
