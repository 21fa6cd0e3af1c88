"""What two tables of the same water tell together: nothing of a single user.

A reader keeps what was published. Where only one user of a cell was corrected, came in late or moved, the
difference of two tables is the volume of that user, although each table by itself withholds enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.indicators.small_cells import SmallCellRule


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPart:
    """What one user is in a table.

    Args:
        cell: Key of the cell in which it is counted; cells do not overlap.
        value: Its volume, None while it is not known.
    """

    cell: str
    value: Decimal | None


def is_change_hidden(
    before: Mapping[int, UserPart], now: Mapping[int, UserPart], rule: SmallCellRule
) -> bool:
    """Return whether nobody learns of a single user by comparing two tables.

    In each cell either no user changed, or so many did as the rule asks of a cell, and none of them is
    nearly all of the change.

    Args:
        before: The users behind the table as it was told, by key.
        now: The users behind the table as it would be told.
        rule: When a cell is withheld.
    """
    changes: dict[str, list[Decimal]] = defaultdict(list)
    for user in {*before, *now}:
        old, new = before.get(user), now.get(user)
        if old == new:
            continue
        if old is not None and new is not None and old.cell == new.cell:
            changes[old.cell].append(abs((new.value or Decimal(0)) - (old.value or Decimal(0))))
            continue
        for part in (old, new):
            if part is not None:
                changes[part.cell].append(part.value or Decimal(0))
    return all(_is_hidden(sizes, rule) for sizes in changes.values())


def is_apart(first: date, last: date, told: Collection[tuple[date, date]]) -> bool:
    """Return whether months share none with those that were told, or are the very same.

    The sums of two years that overlap give the months in which they differ.

    Args:
        first: The first month.
        last: The last month.
        told: First and last months that were told before.
    """
    return all((first, last) == each or last < each[0] or each[1] < first for each in told)


def _is_hidden(sizes: Collection[Decimal], rule: SmallCellRule) -> bool:
    return len(sizes) >= rule.fewest and max(sizes) <= sum(sizes) * rule.dominance
