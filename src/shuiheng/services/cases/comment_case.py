"""Say something about a case."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import CaseComment, ProgrammeCase
from shuiheng.services.cases.keep_case import tell_case
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST = 1000


def comment_case(actor: Actor, key: int, words: str) -> CaseComment:
    """Say something about a case on which one works; the same words twice in a row are said once.

    Raises:
        ServiceError: `cases.words_needed`.
        NotThereError, NotPermittedError: The case is not the actor's.
    """
    account = require(actor, Action.CASES_STEP)
    said = words.strip()[:LONGEST]
    if not said:
        raise ServiceError("cases.words_needed")
    with transaction.atomic():
        row = row_for(account, Action.CASES_STEP, ProgrammeCase, lock=True, pk=key)
        last = row.comments.last()
        if last is not None and last.said_by_id == account.pk and last.words == said:
            return last
        comment = CaseComment.objects.create(case=row, words=said, said_by=account, said_at=timezone.now())
        tell_case(account, row, "case.commented")
    return comment
