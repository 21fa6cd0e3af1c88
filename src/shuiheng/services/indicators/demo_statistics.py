"""Made-up statistics for places of the demo: entered by the office, confirmed by a second person.

Some are left out on purpose, some wait to be confirmed, and one district has filed nothing for the last
year, so that pages show what is unknown as well as what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import WHOLE_YEAR, Account, CollectedUnder, Place, Statistic
from shuiheng.services.indicators.demo_series import YEARS, MadeUpFact, made_up_parts, made_up_series
from shuiheng.services.indicators.keep_statistic import (
    StatisticFields,
    decide_statistics,
    enter_statistics,
)

REVIEWER = "reviewer"
NOT_TOLD = frozenset({"source_tests", "source_tests_good"})
NOT_TOLD_LAST = frozenset({"sponge_area", "rural_villages_treated"})
WAITS = frozenset({"above_scale_reused", "above_scale_intake", "cooling_reused"})
SURVEYED = WAITS | {"industrial_value_added", "industrial_value_added_index"}
ESTIMATED = {"irrigation_use": Decimal("0.35"), "irrigation_metered": Decimal("0.35")}
TOLD_BY_DISTRICTS = frozenset(
    {
        "use_total",
        "agricultural_use",
        "industrial_use",
        "domestic_use",
        "ecological_use",
        "unconventional_use",
        "gdp",
        "gdp_index",
        "industrial_value_added",
        "industrial_value_added_index",
        "network_input",
        "network_registered_use",
        "sewage_treated",
        "reclaimed_use",
        "reclaimed_to_rivers",
        "rural_population",
        "rural_tap_population",
    }
)


def settle_demo_statistics(officer: Account, city: Place) -> int:
    """Enter and confirm made-up statistics of a city and its districts; doing it twice adds nothing.

    Args:
        officer: Who enters them, a clerk of the office of the city.
        city: The city; another person of the demo confirms.

    Returns:
        How many were new.
    """
    reviewer = Account.objects.filter(username=REVIEWER).first()
    if reviewer is None or Statistic.objects.filter(city=city).exists():
        return 0
    key = "" if city.is_synthetic else city.slug
    today = timezone.localdate()
    told = [*made_up_series(key, Decimal(1)), *made_up_parts(key, Decimal(1), today)]
    count = _tell(officer, reviewer, city, told)
    districts = list(city.children.order_by("order", "pk"))
    for place, size in zip(districts, _sizes(len(districts)), strict=True):
        is_late = place == districts[-1]
        told = [
            each
            for each in (*made_up_series(place.slug, size), *made_up_parts(place.slug, size, today))
            if each.fact in TOLD_BY_DISTRICTS and not (is_late and each.year >= YEARS[-1])
        ]
        count += _tell(officer, reviewer, place, told)
    return count


def _tell(officer: Account, reviewer: Account, place: Place, told: Sequence[MadeUpFact]) -> int:
    rows = enter_statistics(officer, place.pk, [_fields(place, each) for each in told if not _lacks(each)])
    sure = [row.pk for row in rows if not (row.fact in WAITS and row.year == YEARS[-1])]
    decide_statistics(reviewer, sure, is_confirmed=True)
    return len(rows)


def _lacks(each: MadeUpFact) -> bool:
    return each.fact in NOT_TOLD or (each.fact in NOT_TOLD_LAST and each.year == YEARS[-1])


def _fields(place: Place, each: MadeUpFact) -> StatisticFields:
    return StatisticFields(
        fact=each.fact,
        year=each.year,
        value=each.value,
        member=each.member,
        source=_source(place, each),
        through=each.through,
        revision="演示年鉴",
        estimated_share=ESTIMATED.get(each.fact, Decimal(0)),
        collected_under=CollectedUnder.SURVEY if each.fact in SURVEYED else CollectedUnder.ADMINISTRATION,
    )


def _source(place: Place, each: MadeUpFact) -> str:
    book = (
        f"统计年鉴{each.year + 1}"
        if each.through == WHOLE_YEAR
        else f"用水统计快报{each.year}年1—{each.through}月"
    )
    return f"{place.name}{book}（演示数据，虚构）"


def _sizes(count: int) -> list[Decimal]:
    """Return which part of the city each district is, the first the largest; together they are the whole."""
    weights = [Decimal(count + 2 - order) for order in range(count)]
    return [weight / sum(weights) for weight in weights]
