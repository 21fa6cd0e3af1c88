"""Take a result away for a reason that its kind names (撤销)."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.programmes.events import Revoked
from shuiheng.services.cases.case_act import JUST_NOW, Entered, case_in_hand
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.keep_case import add_event, tell_case
from shuiheng.services.cases.tell_parties import tell_parties
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require

LONGEST_WORDS = 300


def revoke_case(
    actor: Actor, key: int, *, reason: str, words: str, entered: Entered = JUST_NOW
) -> ProgrammeCase:
    """Take a result away (撤销), tell its unit and keep the case with all that happened.

    Args:
        actor: Who decides.
        key: The case.
        reason: Id of a reason that the kind names.
        words: What was found; the log keeps it and the unit reads it.
        entered: When, and what the page knew.

    Raises:
        ServiceError: `cases.stale`, `cases.words_needed`, or the code of a CaseError.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_DECIDE)
    with transaction.atomic():
        row = case_in_hand(account, Action.CASES_DECIDE, key, known=entered.known)
        found = words.strip()[:LONGEST_WORDS]
        if not found:
            raise ServiceError("cases.words_needed")
        add_event(account, row, Revoked(on=entered.day, by=str(account.pk), reason=reason))
        tell_case(account, row, "case.revoked", reason=found, ground=reason)
        names = {each.id: each.names["zh"] for each in kind_of(row).result.revocations}
        blanks = {"reason": f"{names[reason]}：{found}"}
        tell_parties(row, "case_revoked", str(row.event_count), blanks, by=account)
    return row
