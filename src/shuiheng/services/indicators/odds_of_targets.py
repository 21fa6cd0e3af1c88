"""With which probability the targets of a city will be met at their deadlines (达成可能性); for staff only.

Counts and rates go on by the cases under way, indicators by the yearly facts that make them up. A target
whose verdict is final has no odds; one of which too little is known says so.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Place, RegisterTarget, TargetOdds
from shuiheng.indicators.verdict import Standing, Why
from shuiheng.services.cases.count_target import desk_of
from shuiheng.services.indicators.found_odds import FINAL, NO_VALUE, FoundOdds
from shuiheng.services.indicators.months_of_place import city_months
from shuiheng.services.indicators.odds_desk import OddsDesk
from shuiheng.services.indicators.odds_of_counts import odds_of_count
from shuiheng.services.indicators.odds_of_indicators import odds_of_indicator
from shuiheng.services.indicators.target_standing import TargetStanding, judge_targets

RENEWED = ("on", "chance", "low", "high", "why", "act_by", "content", "computed_at")


def keep_odds(city: Place, on: date) -> int:
    """Compute the odds of the targets in force of a city and renew what is kept; return how many have odds.

    The same facts, cases and day give the same digits.

    Args:
        city: The city.
        on: The day.
    """
    targets = RegisterTarget.objects.filter(plan__place=city, withdrawn_at__isnull=True)
    standings = judge_targets(city, targets.select_related("plan__place__parent", "published"), on)
    desk = OddsDesk(on=on, counting=desk_of(city, on), months=city_months(city, on))
    questions = (each.linked.how.question for each in standings)
    desk.counting.read([each for each in questions if each is not None])
    rows = [_row(each, city, odds_of_standing(desk, each)) for each in standings]
    told = {(row.target_id, row.place_id) for row in rows}
    with transaction.atomic():
        kept = TargetOdds.objects.filter(city=city).values_list("pk", "target", "place")
        gone = [key for key, target, place in kept if (target, place) not in told]
        TargetOdds.objects.filter(pk__in=gone).delete()
        TargetOdds.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["target", "place"],
            update_fields=RENEWED,
        )
    return sum(1 for row in rows if row.chance is not None)


def odds_of_standing(desk: OddsDesk, found: TargetStanding) -> FoundOdds:
    """Return the odds of a target, by how it stands (达成可能性).

    What cases serve is decided when the deadline is over; the value of an indicator is only when its facts
    are in.
    """
    verdict, ask = found.verdict, found.ask
    is_kept = verdict.standing is Standing.MET and verdict.why is Why.ALREADY
    if verdict.why in (Why.FINAL, Why.EXCEEDED) or is_kept:
        return FoundOdds(why=FINAL)
    if ask is None or ask.limit is None:
        return FoundOdds(why=NO_VALUE)
    if found.count is not None:
        is_over = found.on > ask.deadline
        return FoundOdds(why=FINAL) if is_over else odds_of_count(desk.counting, found, found.count)
    return odds_of_indicator(desk, found, ask) if found.figure is not None else FoundOdds(why=NO_VALUE)


def _row(found: TargetStanding, city: Place, known: FoundOdds) -> TargetOdds:
    odds = known.odds
    return TargetOdds(
        target=found.target,
        place=found.place,
        city=city,
        on=found.on,
        chance=None if odds is None else odds.probability,
        low=None if odds is None else odds.low,
        high=None if odds is None else odds.high,
        why=known.why,
        act_by=known.act_by,
        content=_content(known),
        computed_at=timezone.now(),
    )


def _content(known: FoundOdds) -> dict[str, Any]:
    """Return what a page says of odds, as JSON."""
    found: dict[str, Any] = {**known.told, "by_year": {str(year): row for year, row in known.by_year.items()}}
    if known.odds is None:
        return found
    models = {name: each.probability for name, each in known.odds.by_model.items()}
    assumptions = [each.value for each in known.odds.assumptions]
    return {**found, "models": models, "assumptions": assumptions, "spread": known.odds.spread}
