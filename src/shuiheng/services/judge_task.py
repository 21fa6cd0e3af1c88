"""Write what a person thinks of a task, beside its computed status."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import Judgement, RegisterTask
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LENGTH = 1000


def judge_task(actor: Actor, task: int, *, words: str) -> Judgement:
    """Keep a judgement with its name; it changes no status, and is never changed itself.

    Args:
        actor: Whose it is; needs the right to judge.
        task: Key of the task of the register.
        words: The judgement.

    Raises:
        ServiceError: `progress.words_of_judgement`, it is empty.
        NotThereError, NotPermittedError: There is no such task for the actor.
    """
    account = require(actor, Action.JUDGE)
    plain = words.replace("\x00", "").strip()[:LENGTH]
    if not plain:
        raise ServiceError("progress.words_of_judgement")
    with transaction.atomic():
        row = row_for(account, Action.JUDGE, RegisterTask, pk=task)
        judgement = Judgement.objects.create(task=row, words=plain, by=account)
        record_event(
            account, "task.judged", subject=f"task:{row.pk}", place=row.plan.place, after={"words": plain}
        )
    return judgement
