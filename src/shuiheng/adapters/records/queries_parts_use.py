"""What flowed through the meters of parts of users (次级计量), month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import DateField, F, Value

from shuiheng.adapters.records.entrance import USE_ROLE, last_in_month
from shuiheng.adapters.records.models import MeterFact
from shuiheng.adapters.records.month_figures import with_figures
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use

PARTS_LEVEL = 2


def use_of_parts(
    seen: Sight, months: Sequence[date], *, city: int, users: Iterable[int] | None = None
) -> Mapping[int, Mapping[date, Use]]:
    """Return the water through the meters of level 2 of each user by month; a month stands where one does.

    Args:
        seen: What the reader may see.
        months: First days of at least one month.
        city: Key of the city whose users are asked for.
        users: Keys of the users asked for; None for all.
    """
    wanted = None if users is None else list(users)
    parts = []
    for month in months:
        rows = seen(MeterFact).filter(
            superseded_at__isnull=True, level=PARTS_LEVEL, role=USE_ROLE, is_active=True
        )
        rows = last_in_month(rows, month).filter(subject__user__isnull=False, subject__city=city)
        if wanted is not None:
            rows = rows.filter(subject__user__in=wanted)
        keyed = rows.annotate(of_month=Value(month, output_field=DateField()), user=F("subject__user_id"))
        parts.append(with_figures(keyed, month, "of_month", "user"))
    found: dict[int, dict[date, Use]] = {}
    for month, user, *figures in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        found.setdefault(user, {})[month] = Use._make(figures)
    return found
