"""Made-up caps of total use of the demo city and its districts for the last year with statistics."""

from __future__ import annotations

from decimal import Decimal
from itertools import cycle

from shuiheng.adapters.records.models import (
    WHOLE_YEAR,
    Account,
    Place,
    RegionalCap,
    Statistic,
    StatisticState,
)
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.allowances.keep_cap import CapFields, set_cap

TOTAL = "use_total"
BASIS = "示例市年度用水总量控制指标（演示）"
ROOM = ("1.02", "1.04", "0.98", "1.06", "1.01")


def settle_demo_caps(officer: Account, city: Place) -> int:
    """Lay down a cap for each place that has told its use, one of them too small; again adds nothing.

    Args:
        officer: A clerk of the office of the city.
        city: The city, with its statistics.

    Returns:
        How many were new.
    """
    unit = indicator_book().facts[TOTAL].unit
    rows = Statistic.objects.filter(
        city=city,
        fact=TOTAL,
        through_month=WHOLE_YEAR,
        state=StatisticState.CONFIRMED,
        superseded_at__isnull=True,
    )
    newest = rows.order_by("-year").first()
    if newest is None or RegionalCap.objects.filter(place=city, year=newest.year).exists():
        return 0
    count = 0
    told = rows.filter(year=newest.year).order_by("place__order", "place_id").select_related("place")
    for row, room in zip(told, cycle(ROOM), strict=False):
        what = CapFields(
            year=newest.year,
            volume_m3=(unit.to_base(row.value) * Decimal(room)).quantize(Decimal(10_000)),
            basis=BASIS,
            district=None if row.place_id == city.pk else row.place_id,
        )
        set_cap(officer, city.pk, what)
        count += 1
    return count
