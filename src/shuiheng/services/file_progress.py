"""File a report of progress, or take the filing back before anybody reviewed it."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import Account, Progress, SignedLink
from shuiheng.services.permission import Actor
from shuiheng.services.progress_content import ProgressContent
from shuiheng.services.progress_errors import FieldRefusedError
from shuiheng.services.progress_rules import ProgressAction, step_for
from shuiheng.services.progress_step import apply_step, locked_progress, refuse_stale, take_step
from shuiheng.services.save_progress import open_progress, write_progress


def file_progress(actor: Actor, key: int, *, revision: int | None = None) -> Progress:
    """File a draft or a returned report (上报).

    Args:
        actor: Who files; may file for the organisation of the report.
        key: Key of the report.
        revision: The revision that the actor saw; None does not ask.

    Raises:
        FieldRefusedError: What was done is not written.
        NotThereError, StepRefusedError, StaleProgressError, PeriodFrozenError: It cannot be filed.
    """
    with transaction.atomic():
        account, progress, rule = locked_progress(actor, ProgressAction.FILE, key)
        refuse_stale(progress, revision)
        refuse_empty(progress)
        return apply_step(progress, rule, by=account)


def withdraw_filing(actor: Actor, key: int, *, revision: int | None = None) -> Progress:
    """Take back a filing of the own unit that nobody has reviewed; it is a draft again.

    Raises:
        NotThereError, StepRefusedError, StaleProgressError, PeriodFrozenError: It cannot be taken back.
    """
    return take_step(actor, ProgressAction.WITHDRAW, key, revision=revision)


def answer_link(link: SignedLink, content: ProgressContent) -> Progress:
    """Save and file what a partner without an account wrote behind a signed link.

    The caller has locked the link, found it good, and marks it as used in the same transaction.

    Raises:
        FieldRefusedError, StepRefusedError, PeriodFrozenError: It cannot be filed.
    """
    with transaction.atomic():
        guest: Account | None = None
        progress = open_progress(link.period, link.task, link.organisation, by=guest)
        progress = write_progress(progress, content, by=guest)
        refuse_empty(progress)
        return apply_step(progress, step_for(ProgressAction.FILE, progress.state), by=guest)


def refuse_empty(progress: Progress) -> None:
    """Refuse a report that does not say what was done.

    Raises:
        FieldRefusedError: The text is empty.
    """
    if not progress.done_text.strip():
        raise FieldRefusedError("progress.words_needed", field="done_text")
