"""Facts of a city or district as a whole for an assessment: its indicators, and how its targets stand.

Statistics are read here, so that nothing of this may serve what is decided about a single user.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q

from shuiheng.adapters.records.models import KeptStanding, Place
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.indicators.errors import NoBaseYearError, NotDefinedError
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.facts import FactBook, Grade
from shuiheng.services.cases.subjects import FactValue
from shuiheng.services.indicators.fact_book import fact_book

GOOD, KNOWN = "targets_good_share", "targets_known_share"
ON_COURSE, UNKNOWN = ("met", "on_course"), "unknown"
YEARS_BACK = 3


def place_facts(place: Place, names: Collection[str], on: date) -> dict[str, FactValue]:
    """Return what is known of a city or district as a whole on a day.

    An indicator is that of the last year that was over and has its facts, not more than three years back; its
    year stands beside it.

    Args:
        place: The city or district.
        names: Names of facts.
        on: The day.
    """
    return _indicators(place, names, on) | _targets(place, names)


def _indicators(place: Place, names: Collection[str], on: date) -> dict[str, FactValue]:
    """Return the facts that an indicator gives; those of which nothing is known are left out."""
    words = programme_words().facts
    wanted = {name: words[name].indicator for name in names if name in words and words[name].indicator}
    if not wanted:
        return {}
    years = range(on.year - YEARS_BACK, on.year)
    book = fact_book(place, years, facts=_facts_of(wanted.values(), on))
    found = {}
    for name, indicator in sorted(wanted.items()):
        values = (_value(book, indicator, year) for year in reversed(years))
        known = next((each for each in values if each is not None), None)
        if known is not None:
            found[name] = known
    return found


def _facts_of(indicators: Iterable[str], on: date) -> frozenset[str]:
    book, day = indicator_book(), date(on.year - 1, 12, 31)
    return frozenset(fact for name in indicators for fact in book.indicators[name].version_on(day).facts())


def _value(book: FactBook, name: str, year: int) -> FactValue | None:
    indicator = indicator_book().indicators[name]
    try:
        figure = evaluate(indicator, Question(year=year), book)
    except (NoBaseYearError, NotDefinedError):
        return None
    if figure.value is None:
        return None
    return FactValue(
        value=figure.version.unit.to_base(figure.value),
        source=f"{year}年指标“{indicator.names['zh']}”：{figure.arithmetic}",
        on=date(year, 12, 31),
        is_estimated=figure.worst_shares[Grade.ESTIMATED] > 0,
    )


def _targets(place: Place, names: Collection[str]) -> dict[str, FactValue]:
    """Return which shares of the targets of a place stand well, and can be judged at all."""
    if not {GOOD, KNOWN} & set(names):
        return {}
    rows = KeptStanding.objects.filter(place=place, target__withdrawn_at__isnull=True)
    counted = rows.aggregate(
        every=Count("pk"),
        good=Count("pk", filter=Q(standing__in=ON_COURSE)),
        known=Count("pk", filter=~Q(standing=UNKNOWN)),
    )
    newest = rows.order_by("-on").values_list("on", flat=True).first()
    if not counted["every"]:
        return {}
    return {
        name: FactValue(
            value=Decimal(counted[part]) / counted["every"],
            source=f"目标研判：{counted[part]}÷{counted['every']}项",
            on=newest,
        )
        for name, part in ((GOOD, "good"), (KNOWN, "known"))
        if name in names
    }
