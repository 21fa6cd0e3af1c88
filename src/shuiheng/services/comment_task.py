"""Say something about a task; who is named with @ gets a message."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Channel, Comment, RegisterTask
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, scope
from shuiheng.services.write_message import Cause, write_message

LENGTH = 2000
MENTIONS = 20
NAME = re.compile(r"[@＠]([\w.+-]{1,60})")


def comment_task(actor: Actor, task_key: int, text: str) -> Comment:
    """Write a comment on a task; everybody whom it names and who may see the task gets a message.

    Args:
        actor: Who says it.
        task_key: Primary key of the task.
        text: What is said; `@` before a user name or a shown name mentions a person.

    Raises:
        ServiceError: There are no words, or too many.
        NotThereError, NotPermittedError: The task is not the actor's.
    """
    account = require(actor, Action.COMMENT)
    text = text.strip()
    if not text or len(text) > LENGTH:
        raise ServiceError("services.comment_length", limit=str(LENGTH))
    with transaction.atomic():
        task = row_for(account, Action.COMMENT, RegisterTask, pk=task_key)
        comment = Comment.objects.create(task=task, text=text, by=account)
        named = mentioned(task, text)
        comment.mentions.set(named)
        for person in named:
            _tell(comment, person)
        record_event(
            account,
            "comment.made",
            subject=f"task:{task.pk}",
            place=task.plan.place,
            after={"text": text, "mentions": [person.username for person in named]},
            comment=comment.pk,
        )
    return comment


def remove_comment(actor: Actor, key: int) -> Comment:
    """Take back a comment of one's own; its row stays.

    Raises:
        NotThereError, NotPermittedError: It is not the actor's own, or was taken back.
    """
    account = require(actor, Action.COMMENT)
    with transaction.atomic():
        comment = row_for(account, Action.COMMENT, Comment, lock=True, pk=key, removed_at__isnull=True)
        if comment.by_id != account.pk:
            raise NotThereError(f"comment:{key}")
        comment.removed_at = timezone.now()
        comment.save(update_fields=["removed_at"])
        record_event(
            account,
            "comment.removed",
            subject=f"task:{comment.task_id}",
            place=comment.task.plan.place,
            before={"text": comment.text},
            comment=comment.pk,
        )
    return comment


def mentioned(task: RegisterTask, text: str) -> list[Account]:
    """Return the people whom a text names and who may see the task, each once."""
    words = list(dict.fromkeys(NAME.findall(text)))[:MENTIONS]
    if not words:
        return []
    named = Account.objects.filter(Q(username__in=words) | Q(display_name__in=words), is_active=True)
    return [
        person
        for person in named.order_by("pk")[:MENTIONS]
        if scope(person, Action.REGISTER_LOOK, RegisterTask).filter(pk=task.pk).exists()
    ]


def _tell(comment: Comment, person: Account) -> None:
    if person.pk == comment.by_id:
        return
    blanks = {
        "person": comment.by.shown_name,
        "task": comment.task.text[:60],
        "words": comment.text[:500],
    }
    write_message(
        Cause(kind="mention", key=f"comment/{comment.pk}", by=comment.by, task=comment.task, blanks=blanks),
        Channel.SITE,
        account=person,
    )
