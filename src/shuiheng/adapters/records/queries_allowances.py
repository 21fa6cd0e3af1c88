"""What planned allowances are, month by month, on a day (有效指标)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from shuiheng.adapters.records.models import AllowanceMonth, EntryState
from shuiheng.adapters.records.sight import Sight

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """A published allowance as it stands on a day.

    Args:
        user: Key of the water user.
        source: Key of its source, or None when it covers the user as a whole.
        months: m³ of each month, January first.
    """

    user: int
    source: int | None
    months: tuple[Decimal, ...]

    @property
    def year_m3(self) -> Decimal:
        """Return the m³ of the whole year."""
        return sum(self.months, Decimal(0))


def effective_months(
    seen: Sight, *, year: int, on: date, users: Iterable[int] | None = None
) -> Mapping[int, Effective]:
    """Return the published allowances of a year by their keys: the initial entry and all approved ones.

    An entry counts from the day on which it takes effect. An allowance that was not published is not in
    the answer: it is none, which is not zero.

    Args:
        seen: What the reader may see.
        year: The year of the allowances.
        on: The day on which they are asked for.
        users: Keys of the users asked for; None for all.
    """
    rows = seen(AllowanceMonth).filter(
        entry__state=EntryState.APPROVED,
        entry__effective_on__lte=on,
        entry__allowance__round__year=year,
        entry__allowance__published_at__isnull=False,
    )
    if users is not None:
        rows = rows.filter(entry__allowance__user__in=users)
    owners: dict[int, tuple[int, int | None]] = {}
    sums: dict[int, list[Decimal]] = {}
    fields = ("entry__allowance_id", "entry__allowance__user_id", "entry__allowance__source_id", "month")
    for key, user, source, month, volume in (
        rows.order_by().values_list(*fields).annotate(volume=Sum("volume_m3"))
    ):
        owners[key] = (user, source)
        sums.setdefault(key, [Decimal(0)] * MONTHS)[month.month - 1] += volume
    return {
        key: Effective(user=owners[key][0], source=owners[key][1], months=tuple(months))
        for key, months in sums.items()
    }
