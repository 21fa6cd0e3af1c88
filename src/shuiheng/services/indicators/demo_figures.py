"""Official figures of the demo (演示数据): some values signed off, and one fact corrected after that."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import (
    WHOLE_YEAR,
    Account,
    Figure,
    KeptStanding,
    Place,
    Statistic,
    StatisticState,
)
from shuiheng.indicators.figure_content import content_digest
from shuiheng.services.indicators.keep_statistic import StatisticFields, decide_statistics, enter_statistics
from shuiheng.services.indicators.release_figure import (
    release_indicator,
    release_standing,
    standing_figure_content,
)
from shuiheng.services.indicators.working_figure import Wanted, working_figure

LEADER, REVIEWER, OFFICER = "leader", "reviewer", "officer"
RELEASED = (
    "water_use_total",
    "water_per_gdp",
    "water_per_industry",
    "irrigation_efficiency",
    "water_loss_rate",
    "reclaimed_water_rate",
)
YEARS_BACK = (1, 2)
CORRECTED, SOURCE = "sewage_treated", "示例市排水公报（更正）"
BY, CENT = Decimal("1.005"), Decimal("0.01")
MOST_TARGETS = 6


def settle_demo_figures(city: Place) -> int:
    """Sign off values of the demo city and correct one fact; doing it twice adds nothing.

    Args:
        city: The city, with statistics and standings.

    Returns:
        How many figures were new.
    """
    people = {
        each.username: each for each in Account.objects.filter(username__in=(LEADER, REVIEWER, OFFICER))
    }
    if len(people) < len((LEADER, REVIEWER, OFFICER)) or Figure.objects.filter(city=city).exists():
        return 0
    made = _release_indicators(people[LEADER], city) + _release_targets(people[LEADER], city)
    _correct(people, city)
    return made


def _release_indicators(leader: Account, city: Place) -> int:
    made = 0
    for back in YEARS_BACK:
        for name in RELEASED:
            wanted = Wanted(indicator=name, year=timezone.localdate().year - back)
            working = working_figure(city, wanted)
            if working.figure.value is not None:
                release_indicator(leader, city.pk, wanted, digest=working.digest)
                made += 1
    return made


def _release_targets(leader: Account, city: Place) -> int:
    rows = KeptStanding.objects.filter(city=city, place=city, served_by="indicator", value__isnull=False)
    shown = list(rows.filter(up_to__lte=timezone.localdate()).select_related("target")[:MOST_TARGETS])
    for row in shown:
        release_standing(leader, row.pk, digest=content_digest(standing_figure_content(row)))
    return len(shown)


def _correct(people: dict[str, Account], city: Place) -> None:
    """Correct a fact that figures rest on, as happens after a figure was given out."""
    row = Statistic.objects.filter(
        place=city,
        fact=CORRECTED,
        year=timezone.localdate().year - 1,
        through_month=WHOLE_YEAR,
        state=StatisticState.CONFIRMED,
        superseded_at__isnull=True,
    ).first()
    if row is None:
        return
    fields = StatisticFields(
        fact=CORRECTED, year=row.year, value=(row.value * BY).quantize(CENT), source=SOURCE
    )
    (entered,) = enter_statistics(people[OFFICER], city.pk, [fields])
    decide_statistics(people[REVIEWER], [entered.pk], is_confirmed=True)
