"""Entries of allowances between the tables and the core: read as a book, checked there, written as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import (
    AllowanceEntry,
    AllowanceMonth,
    EntryState,
    PlannedAllowance,
)
from shuiheng.allowances.entries import Book, Decision, Entry, EntryKind, Freeze, Leg
from shuiheng.allowances.entries import EntryState as State
from shuiheng.allowances.model import MONTHS, Account


def account_of(row: PlannedAllowance) -> Account:
    """Return the account of an allowance."""
    return Account(user=str(row.user_id), source=str(row.source_id or ""), year=row.round.year)


def book_of(rows: Iterable[PlannedAllowance]) -> Book:
    """Return the book of some allowances, with the other side of each transfer; what was revoked is left out.

    Args:
        rows: Allowances with their rounds.
    """
    held = {row.pk: row for row in rows}
    entries = list(
        AllowanceEntry.objects.filter(Q(allowance__in=held) | Q(partner__allowance__in=held))
        .exclude(state=EntryState.REVOKED)
        .select_related("allowance__round", "partner__allowance__round")
        .prefetch_related("months", "partner__months")
        .order_by("asked_at", "pk")
    )
    known = {entry.pk for entry in entries}
    heads = [entry for entry in entries if entry.partner_id is None or entry.partner_id not in known]
    partners = {entry.partner_id: entry for entry in entries if entry.partner_id in known}
    book_entries = [_entry(entry, partners.get(entry.pk) or entry.partner) for entry in heads]
    decisions = [
        Decision(entry=str(entry.pk), state=State(entry.state), on=timezone.localdate(entry.decided_at))
        for entry in heads
        if entry.state != EntryState.ASKED and entry.decided_at is not None
    ]
    freezes = [
        Freeze(account=account_of(row), month=each["month"], on=date.fromisoformat(each["on"]))
        for row in held.values()
        for each in row.frozen
    ]
    return Book(entries=tuple(book_entries), decisions=tuple(decisions), freezes=tuple(freezes))


def write_months(entry: AllowanceEntry, months: Sequence[Decimal]) -> None:
    """Write by how much an entry changes the months of its year; those that it leaves have no row."""
    year = entry.allowance.round.year
    AllowanceMonth.objects.bulk_create(
        AllowanceMonth(entry=entry, month=date(year, month, 1), volume_m3=each)
        for month, each in enumerate(months, 1)
        if each
    )


def months_of_entry(entry: AllowanceEntry) -> tuple[Decimal, ...]:
    """Return the twelve changes of an entry, January first."""
    changes: Mapping[int, Decimal] = {row.month.month: row.volume_m3 for row in entry.months.all()}
    return tuple(changes.get(month, Decimal(0)) for month in range(1, MONTHS + 1))


def _entry(head: AllowanceEntry, other: AllowanceEntry | None) -> Entry:
    asked_on = timezone.localdate(head.asked_at)
    parts = [head, other] if other is not None else [head]
    return Entry(
        key=str(head.pk),
        kind=EntryKind(head.kind),
        legs=tuple(Leg(account=account_of(part.allowance), months=months_of_entry(part)) for part in parts),
        effective_on=head.effective_on or asked_on,
        asked_on=asked_on,
        reason=head.reason,
    )
