"""Somebody leaves and another takes over: the new one has a new account, the old one is closed."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account, Progress, ProgressState, SavedFilter
from shuiheng.services.events import record_event
from shuiheng.services.keep_account import close_in_transaction

UNFINISHED = (ProgressState.DRAFT, ProgressState.RETURNED)


def hand_over_in_transaction(actor: Account, leaver: Account, taker: Account, *, reason: str) -> None:
    """Move the unfinished work of one account to another and close the first.

    Call it inside the transaction of a use case that has asked for the right. What was filed
    keeps the name of whoever filed it.
    """
    drafts = Progress.objects.filter(started_by=leaver, state__in=UNFINISHED)
    moved = sorted(drafts.values_list("pk", flat=True))
    drafts.update(started_by=taker)
    filters = []
    for kept in SavedFilter.objects.filter(account=leaver):
        if not SavedFilter.objects.filter(account=taker, page=kept.page, name=kept.name).exists():
            kept.account = taker
            kept.save(update_fields=["account"])
            filters.append(kept.pk)
    record_event(
        actor,
        "account.handed_over",
        subject=f"account:{leaver.pk}",
        reason=reason,
        before={"account": leaver.pk, "drafts": moved, "filters": filters},
        after={"account": taker.pk, "drafts": moved, "filters": filters},
    )
    close_in_transaction(actor, leaver, reason=reason)
