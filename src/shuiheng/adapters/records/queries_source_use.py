"""What users took from each of their sources, month by month, for allowances and charges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import DateField, F, Value

from shuiheng.adapters.records.entrance import counted, last_in_month
from shuiheng.adapters.records.models import MeterFact
from shuiheng.adapters.records.month_figures import with_figures
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use

MONTHS_AT_ONCE = 12
Taker = tuple[int, int | None]
"""Keys of a water user and of its source; the source is None for meters of which nobody knows it."""


def use_of_sources(
    seen: Sight, months: Sequence[date], *, city: int | None = None, users: Iterable[int] | None = None
) -> Mapping[Taker, Mapping[date, Use]]:
    """Return the water of each source of each user by month; a month stands where a meter does.

    Args:
        seen: What the reader may see.
        months: First days of months.
        city: Key of the city whose users are asked for; None for all.
        users: Keys of the users asked for; None for all.
    """
    wanted = None if users is None else list(users)
    found: dict[Taker, dict[date, Use]] = {}
    for first in range(0, len(months), MONTHS_AT_ONCE):
        parts = []
        for month in months[first : first + MONTHS_AT_ONCE]:
            rows = last_in_month(counted(seen(MeterFact)), month).filter(subject__user__isnull=False)
            if city is not None:
                rows = rows.filter(subject__city=city)
            if wanted is not None:
                rows = rows.filter(subject__user__in=wanted)
            keyed = rows.annotate(
                of_month=Value(month, output_field=DateField()),
                user=F("subject__user_id"),
                at_source=F("source_id"),
            )
            parts.append(with_figures(keyed, month, "of_month", "user", "at_source"))
        for month, user, source, *figures in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
            found.setdefault((user, source), {})[month] = Use._make(figures)
    return found
