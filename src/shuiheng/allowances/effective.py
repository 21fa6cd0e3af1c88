"""What an allowance is on a day (有效指标): the initial one and all approved changes that count by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from shuiheng.allowances.entries import Book, Entry, EntryKind, Leg, approved, last_day, legs_of
from shuiheng.allowances.figures import shown
from shuiheng.allowances.model import MONTHS, Account, Outcome, Unknown
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation import Derived, Step, Term


def months_on(
    book: Book, account: Account, *, on: date | None = None, known_on: date | None = None
) -> tuple[Decimal, ...] | None:
    """Return the months of an account on a day, m³, or None while it has no allowance (有效月指标).

    Args:
        book: The entries.
        account: Whose allowance.
        on: The day; None for all entries whenever they begin to count.
        known_on: The day up to whose end decisions are believed; None for all.
    """
    legs = _counting(book, account, on=on, known_on=known_on)
    if not any(entry.kind is EntryKind.INITIAL for entry, _ in legs):
        return None
    return tuple(sum((leg.months[place] for _, leg in legs), Decimal(0)) for place in range(MONTHS))


def allowance_on(
    book: Book, account: Account, *, on: date | None = None, known_on: date | None = None
) -> Decimal | None:
    """Return the allowance of the year of an account on a day, m³, or None while it has none (有效年指标)."""
    months = months_on(book, account, on=on, known_on=known_on)
    return None if months is None else sum(months, Decimal(0))


def effective_allowance(
    book: Book,
    account: Account,
    *,
    months: Sequence[int],
    known_on: date | None = None,
    citation: Citation | None = None,
) -> Outcome:
    """Return what an account may use in some months, with the entries that it rests on (有效指标).

    Each month counts as it stands on its last day. Its figure is the one that a charge for a period is
    measured on.

    Args:
        book: The entries.
        account: Whose allowance.
        months: The months, 1 to 12, of the period.
        known_on: The day up to whose end decisions are believed; None for all.
        citation: The rule under which the allowance was given.
    """
    end = last_day(account.year, max(months))
    legs = _counting(book, account, on=end, known_on=known_on)
    if not any(entry.kind is EntryKind.INITIAL for entry, _ in legs):
        return Unknown(missing=("allowance",))
    parts = [(entry, sum((leg.months[month - 1] for month in months), Decimal(0))) for entry, leg in legs]
    counted = [(entry, part) for entry, part in parts if part or entry.kind is EntryKind.INITIAL]
    value = sum((part for _, part in counted), Decimal(0))
    step = Step(
        name="effective_allowance",
        terms=tuple(
            Term(name=f"entry_{entry.kind}", value=part, unit="m3", origin=f"allowance_entry:{entry.key}")
            for entry, part in counted
        ),
        formula=" + ".join(f"({shown(part)})" if part < 0 else shown(part) for _, part in counted),
        value=value,
        unit="m3",
        citation=citation,
        label=f"{account.year}-{min(months):02d}/{max(months):02d}",
    )
    return Derived(value=value, unit="m3", steps=(step,))


def days_of_change(book: Book, account: Account) -> tuple[date, ...]:
    """Return the days on which the allowance of an account changes, in order."""
    return tuple(sorted({entry.effective_on for entry, _ in legs_of(approved(book), account)}))


def _counting(
    book: Book, account: Account, *, on: date | None, known_on: date | None
) -> list[tuple[Entry, Leg]]:
    """Return what counts on a day, the initial allowance first, the others as they begin to count."""
    legs = [
        (entry, leg)
        for entry, leg in legs_of(approved(book, known_on=known_on), account)
        if on is None or entry.effective_on <= on
    ]
    return sorted(
        legs, key=lambda each: (each[0].kind is not EntryKind.INITIAL, each[0].effective_on, each[0].key)
    )
