"""With which probability the targets of a city will be met at their deadlines (达成可能性); for staff only.

Counts and rates go on by the cases under way, indicators by the yearly facts that make them up. A target
whose verdict is final has no odds; one of which too little is known says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Place, RegisterTarget, TargetOdds
from shuiheng.adapters.rulebook.fact_drivers import fact_drivers
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.evaluate import Question
from shuiheng.indicators.facts import FactBook, FactKey
from shuiheng.indicators.odds.chance import Assumption, mixed_quantiles, odds_of
from shuiheng.indicators.odds.monthly import growth_of_year
from shuiheng.indicators.odds.scenarios import Drawing
from shuiheng.indicators.odds.series import Floats
from shuiheng.indicators.odds.yearly import yearly_outlook
from shuiheng.indicators.verdict import Ask, Standing, Why
from shuiheng.services.cases.count_target import CountingDesk, desk_of
from shuiheng.services.indicators.fact_book import fact_book
from shuiheng.services.indicators.found_odds import FINAL, NO_VALUE, TOO_LITTLE, FoundOdds, answered, seed_of
from shuiheng.services.indicators.months_of_place import CityMonths, city_months
from shuiheng.services.indicators.odds_of_counts import odds_of_count
from shuiheng.services.indicators.target_standing import TargetStanding, judge_targets

YEARS_BEFORE, PATHS = 15, 2000
NO_MONTHS = CityMonths()
RENEWED = ("on", "chance", "low", "high", "why", "act_by", "content", "computed_at")


@dataclass(slots=True)
class OddsDesk:
    """What the odds of one city look at, read once for all its targets.

    Args:
        on: The day.
        counting: Cases by kind.
        months: Metered water by district and class.
        books: Facts by place.
    """

    on: date
    counting: CountingDesk
    months: CityMonths = NO_MONTHS
    books: dict[int, FactBook] = field(default_factory=dict)

    def book(self, place: Place) -> FactBook:
        """Return the facts of a place through the years."""
        if place.pk not in self.books:
            self.books[place.pk] = fact_book(place, range(self.on.year - YEARS_BEFORE, self.on.year + 1))
        return self.books[place.pk]


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
    """Return the odds of a target, by how it stands (达成可能性)."""
    if found.verdict.why in (Why.FINAL, Why.EXCEEDED) or found.ask is None or found.ask.limit is None:
        return FoundOdds(why=FINAL if found.verdict.why in (Why.FINAL, Why.EXCEEDED) else NO_VALUE)
    if found.on > found.ask.deadline:
        return FoundOdds(why=FINAL)
    if found.verdict.standing is Standing.MET and found.verdict.why is Why.ALREADY:
        return FoundOdds(why=FINAL)
    if found.count is not None:
        return odds_of_count(desk.counting, found, found.count)
    return _of_indicator(desk, found, found.ask) if found.figure is not None else FoundOdds(why=NO_VALUE)


def _of_indicator(desk: OddsDesk, found: TargetStanding, ask: Ask) -> FoundOdds:
    figure = found.figure
    unit = indicator_book().writings.get(found.target.unit or "系数")
    if figure is None or unit is None:
        return FoundOdds(why=NO_VALUE)
    question = Question(
        year=ask.deadline.year, base_year=found.target.baseline_year, choices=figure.question.choices
    )
    drawing = Drawing(seed=seed_of(found.target.pk, found.on), paths=PATHS)
    growth = foretold(desk, found.place, figure.version.facts(question.choices), drawing)
    outlook = yearly_outlook(
        figure.indicator, question, desk.book(found.place), drawing=drawing, growth=growth
    )
    if outlook.too_short or ask.deadline.year not in outlook.by_year:
        return FoundOdds(why=TOO_LITTLE, told={"too_short": list(outlook.too_short)})
    scale = float(figure.version.unit.scale / unit.scale)
    samples = {
        year: {str(model): values * scale for model, values in models.items()}
        for year, models in outlook.by_year.items()
    }
    odds = odds_of(ask, samples[ask.deadline.year], (Assumption.GOES_ON, Assumption.SAME_BLOCKS))
    by_year = {year: mixed_quantiles(list(models.values())) for year, models in samples.items() if models}
    told = {
        "way": "yearly",
        "first_year": outlook.first_year,
        "by_months": sorted({key.fact for key in growth}),
    }
    return answered(odds, by_year, told)


def foretold(
    desk: OddsDesk, place: Place, facts: Sequence[str], drawing: Drawing
) -> Mapping[FactKey, Floats]:
    """Return growth of facts of the year after their last one, where metered months foretell it."""
    book, found = desk.book(place), dict[FactKey, Floats]()
    above = desk.counting.districts.above
    own = {int(name) for name, top in above.items() if top == str(place.pk)} | {place.pk}
    districts = None if place.pk == desk.counting.city.pk else own
    for fact in facts:
        classes = fact_drivers().get(fact)
        years = [key.year for key in book.figures if key.fact == fact]
        if classes is None or not years:
            continue
        months = desk.months.of(districts, classes)
        growth = growth_of_year(months, max(years) + 1, drawing) if months is not None else None
        if growth is not None:
            found[FactKey(fact, max(years) + 1)] = growth
    return found


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
