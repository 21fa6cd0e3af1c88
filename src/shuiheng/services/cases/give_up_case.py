"""Give a case up before its award, with the reason (撤回事项)."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.programmes.events import Withdrawn
from shuiheng.services.cases.case_act import JUST_NOW, Entered, case_in_hand
from shuiheng.services.cases.keep_case import add_event, tell_case
from shuiheng.services.permission import Action, Actor, require

LONGEST_REASON = 300


def give_up_case(actor: Actor, key: int, *, reason: str, entered: Entered = JUST_NOW) -> ProgrammeCase:
    """Give a case up that has not reached its result (撤回事项).

    Raises:
        ServiceError: `cases.stale`, or the code of a CaseError: it was reached, or no reason is given.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_KEEP)
    with transaction.atomic():
        row = case_in_hand(account, Action.CASES_KEEP, key, known=entered.known)
        words = reason.strip()[:LONGEST_REASON]
        add_event(account, row, Withdrawn(on=entered.day, by=str(account.pk), reason=words))
        tell_case(account, row, "case.withdrawn", reason=words)
    return row
