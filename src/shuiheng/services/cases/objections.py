"""Objections against a result that lies open: enter them, and answer them (公示异议)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import CaseObjection
from shuiheng.programmes.events import Objected, ObjectionSettled
from shuiheng.services.cases.case_act import JUST_NOW, Entered, case_in_hand
from shuiheng.services.cases.keep_case import add_event, tell_case
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST_WORDS, LONGEST_SOURCE = 1000, 200


def enter_objection(
    actor: Actor, key: int, *, words: str, source: str = "", entered: Entered = JUST_NOW
) -> CaseObjection:
    """Enter an objection that came in while a result lies open; who made it stands on its paper.

    Args:
        actor: Who enters it.
        key: The case.
        words: What is objected, without the name of who does.
        source: Where the paper lies, such as its number.
        entered: The day on which it came in, and what the page knew.

    Raises:
        ServiceError: `cases.words_needed`, `cases.stale`, or the code of a CaseError: nothing lies open.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_REVIEW)
    with transaction.atomic():
        row = case_in_hand(account, Action.CASES_REVIEW, key, known=entered.known)
        if not words.strip():
            raise ServiceError("cases.words_needed")
        name, day = f"o{row.objections.count() + 1}", entered.day
        add_event(account, row, Objected(on=day, by=str(account.pk), key=name))
        found = CaseObjection.objects.create(
            case=row,
            key=name,
            source=source.strip()[:LONGEST_SOURCE],
            words=words.strip()[:LONGEST_WORDS],
            received_on=day,
            entered_by=account,
            entered_at=timezone.now(),
        )
        tell_case(account, row, "case.objected", objection=name)
    return found


def settle_objection(
    actor: Actor, key: int, *, is_upheld: bool, answer: str, on: date | None = None
) -> CaseObjection:
    """Answer an objection; one that is upheld keeps the case from going on.

    Raises:
        ServiceError: `cases.words_needed`, or the code of a CaseError: it was answered already.
        NotThereError, NotPermittedError: It is not there, or not the actor's.
    """
    account = require(actor, Action.CASES_REVIEW)
    with transaction.atomic():
        held = row_for(account, Action.CASES_REVIEW, CaseObjection, pk=key)
        row = case_in_hand(account, Action.CASES_REVIEW, held.case_id, known=None)
        found = row_for(account, Action.CASES_REVIEW, CaseObjection, lock=True, pk=key)
        if not answer.strip():
            raise ServiceError("cases.words_needed")
        now = timezone.now()
        settled = ObjectionSettled(
            on=on or timezone.localdate(now), by=str(account.pk), key=found.key, is_upheld=is_upheld
        )
        add_event(account, row, settled)
        found.is_upheld, found.answer = is_upheld, answer.strip()[:LONGEST_WORDS]
        found.settled_by, found.settled_at = account, now
        found.save(update_fields=["is_upheld", "answer", "settled_by", "settled_at"])
        upheld = "yes" if is_upheld else "no"
        tell_case(account, row, "case.objection_settled", objection=found.key, upheld=upheld)
    return found
