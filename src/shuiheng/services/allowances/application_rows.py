"""Rows of an application: one for each allowance that it changes, written and locked together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    EntryKind,
    EntryState,
    PlannedAllowance,
)
from shuiheng.allowances.adjustments import ask, decide
from shuiheng.allowances.entries import Book, Entry
from shuiheng.allowances.entries import EntryState as State
from shuiheng.services.allowances.change_allowance import REASON_LENGTH, due_of
from shuiheng.services.allowances.entry_book import write_months
from shuiheng.services.errors import WrongStateError
from shuiheng.services.events import record_event


def lock_allowances(keys: Iterable[int]) -> Mapping[int, PlannedAllowance]:
    """Return published allowances by key, locked in one order: nobody waits in a circle.

    Raises:
        WrongStateError: One is not published.
    """
    rows = PlannedAllowance.objects.select_for_update(of=("self",)).filter(pk__in=list(keys))
    held = {row.pk: row for row in rows.select_related("round__place", "user__organisation").order_by("pk")}
    for row in held.values():
        if row.published_at is None:
            raise WrongStateError(row.round.state)
    return held


def check_possible(book: Book, entry: Entry) -> None:
    """Refuse an application that could not be approved as things stand.

    Raises:
        AllowanceError: A month is over, or less than nothing would be left in one.
    """
    decide(ask(book, entry), entry.key, State.APPROVED, on=entry.asked_on)


def keep_application(
    account: Account, rows: Sequence[PlannedAllowance], entry: Entry, *, reason: str, needs_word: bool = False
) -> AllowanceEntry:
    """Write an application with a row for each side, and return the first of them.

    Args:
        account: Who asks.
        rows: The allowances, in the order of the entry's legs.
        entry: What is asked for.
        reason: Why.
        needs_word: Whether whoever takes has to agree first; until then no day of answering runs.
    """
    now, sides = timezone.now(), list[AllowanceEntry]()
    due = None if needs_word else due_of(rows[0], timezone.localdate())
    for row, leg in zip(rows, entry.legs, strict=True):
        kept = AllowanceEntry.objects.create(
            allowance=row,
            partner=sides[0] if sides else None,
            kind=EntryKind(entry.kind.value),
            state=EntryState.ASKED,
            reason=reason.strip()[:REASON_LENGTH],
            asked_by=account,
            asked_at=now,
            due_on=due,
        )
        write_months(kept, leg.months)
        record_event(
            account,
            "allowance.change_asked",
            subject=f"allowance:{row.pk}",
            place=row.round.place,
            reason=kept.reason,
            after={"entries": [kept.pk], "kind": kept.kind},
        )
        sides.append(kept)
    return sides[0]
