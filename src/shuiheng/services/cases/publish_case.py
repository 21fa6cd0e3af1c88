"""Lay the result of a step open to objections (公示)."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.programmes.events import Published
from shuiheng.services.cases.case_act import JUST_NOW, Entered, case_in_hand, word_of_actor
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.end_step import step_of
from shuiheng.services.cases.keep_case import add_event, tell_case
from shuiheng.services.permission import Action, Actor, require


def publish_case(actor: Actor, key: int, *, step: str, entered: Entered = JUST_NOW) -> ProgrammeCase:
    """Lay the result of a step open (公示); it ends after the working days that the step names.

    Raises:
        ServiceError: `cases.stale`, `cases.not_your_step`, or the code of a CaseError.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_STEP)
    with transaction.atomic():
        row = case_in_hand(account, Action.CASES_STEP, key, known=entered.known)
        wanted = step_of(kind_of(row), step)
        word_of_actor(account, row, wanted.who, step=wanted.id)
        add_event(account, row, Published(on=entered.day, by=str(account.pk), step=wanted.id))
        tell_case(account, row, "case.published", step=wanted.id)
    return row
