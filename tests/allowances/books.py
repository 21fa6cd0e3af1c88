"""Books of entries for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from allowances.made import ACCOUNT
from shuiheng.allowances.adjustments import ask, decide
from shuiheng.allowances.entries import Book, Entry, EntryKind, EntryState, Leg, twelve
from shuiheng.allowances.model import Account

OTHER = Account(user="u2", source="s9", year=2027)
NEXT_YEAR = Account(user="u1", source="s1", year=2028)
ISSUED = date(2027, 1, 20)


def leg_of(months: Mapping[int, Any], account: Account = ACCOUNT) -> Leg:
    """Return a leg of an account with changes by month."""
    return Leg(account=account, months=twelve({month: Decimal(each) for month, each in months.items()}))


def entry_of(kind: EntryKind, *legs: Leg, key: str = "e1", on: date = ISSUED, **fields: Any) -> Entry:
    """Return an entry that was asked for on the day from which it counts."""
    return Entry(**({"key": key, "kind": kind, "legs": legs, "effective_on": on, "asked_on": on} | fields))


def given(*accounts: Account, month_m3: int = 100) -> Book:
    """Return a book in which each account has the same in each month."""
    book = Book()
    for number, account in enumerate(accounts or (ACCOUNT,)):
        key = f"first{number}"
        leg = leg_of(dict.fromkeys(range(1, 13), month_m3), account)
        day = date(account.year, 1, 20)
        book = decide(
            ask(book, entry_of(EntryKind.INITIAL, leg, key=key, on=day)), key, EntryState.APPROVED, on=day
        )
    return book


def approve(book: Book, entry: Entry, *, on: date | None = None) -> Book:
    """Return a book with an entry that was asked for and approved."""
    return decide(ask(book, entry), entry.key, EntryState.APPROVED, on=on or entry.asked_on)
