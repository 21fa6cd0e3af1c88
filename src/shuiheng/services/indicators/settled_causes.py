"""Why a fact of settled months is another one than when a figure was signed off (结算变动原因)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.adapters.records.models import Figure, MeterFact, UserFact
from shuiheng.adapters.records.queries_settled_turns import (
    Settled,
    TurnedMonth,
    beliefs_since,
    turned_months,
)
from shuiheng.adapters.rulebook.computed_facts import UseRule, computed_facts
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactKey, FactKind
from shuiheng.services.errors import NotThereError
from shuiheng.services.indicators.fact_book import fact_books
from shuiheng.services.indicators.fact_rows import water_taken
from shuiheng.services.indicators.release_figure import kept_facts
from shuiheng.services.indicators.settled_facts import LITRES_OF_M3
from shuiheng.services.inspections.city_sight import CitySight
from shuiheng.services.scope import city_above

MOST_BELIEFS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCause:
    """A month of a meter that changed, with what that did to the fact, in its unit."""

    turned: TurnedMonth
    before: Decimal | None
    after: Decimal | None
    effect: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledCauses:
    """Why a fact of settled months changed since a figure was signed off (结算变动原因).

    Args:
        kind: The fact.
        year: The year.
        before: Its value when the figure was signed off; None where the figure did not use it.
        after: Its value today; None where it is no longer known.
        months: The months of meters that changed, the largest effect first.
        rest: What they do not explain: other users or meters are taken in; None while that is not known.
        beliefs: What the ledger learned of users and meters of that year since; only where there is a rest.
    """

    kind: FactKind
    year: int
    before: Decimal | None
    after: Decimal | None
    months: Sequence[MonthCause]
    rest: Decimal | None
    beliefs: Sequence[UserFact | MeterFact]

    @property
    def effect(self) -> Decimal:
        """Return what the changed months did together."""
        return sum((each.effect for each in self.months), Decimal(0))


def settled_causes(row: Figure, fact: str, year: int) -> SettledCauses:
    """Return why a fact of settled months changed since a figure was signed off (结算变动原因).

    The whole city is looked at; who may see a meter is for the page.

    Args:
        row: The official figure.
        fact: Id of the fact.
        year: Its year.

    Raises:
        NotThereError: The fact adds up no water, or the figure does not rest on it.
    """
    rule, kind = computed_facts().uses.get(fact), indicator_book().facts.get(fact)
    before = _kept_value(row, fact, year)
    if rule is None or kind is None or before is None:
        raise NotThereError(f"figure:{row.pk}:{fact}:{year}")
    city, seen = city_above(row.place), CitySight(city_above(row.place))
    today = fact_books(city, [row.place], [year], facts=[fact])[row.place_id].figures.get(FactKey(fact, year))
    taken = water_taken(row.place, rule, year)
    turned = turned_months(seen, taken, row, year) if taken is not None else []
    months = [each for turn in turned if (each := _cause(rule, kind, turn)).effect]
    after = None if today is None else today.value
    effect = sum((each.effect for each in months), Decimal(0))
    rest = None if after is None else after - before - effect
    return SettledCauses(
        kind=kind,
        year=year,
        before=before,
        after=after,
        months=sorted(months, key=lambda each: (-abs(each.effect), each.turned.month, each.turned.meter)),
        rest=rest,
        beliefs=[] if rest == 0 else beliefs_since(seen, city.pk, year, row.released_at, most=MOST_BELIEFS),
    )


def _kept_value(row: Figure, fact: str, year: int) -> Decimal | None:
    """Return the value that a figure kept of a fact of settled months."""
    kept = (each for each in kept_facts(row.content) if (each.get("fact"), each.get("year")) == (fact, year))
    return next((Decimal(str(each["value"])) for each in kept), None)


def _cause(rule: UseRule, kind: FactKind, turn: TurnedMonth) -> MonthCause:
    before, after = (_value(rule, kind, settled) for settled in (turn.before, turn.after))
    zero = Decimal(0)
    return MonthCause(turned=turn, before=before, after=after, effect=(after or zero) - (before or zero))


def _value(rule: UseRule, kind: FactKind, settled: Settled) -> Decimal | None:
    """Return the water of a month in the unit of a fact; None where nothing was settled."""
    told, estimated = settled
    if told is None and not estimated:
        return None
    litres = (told or 0) + (0 if rule.is_told else estimated or 0)
    return kind.unit.from_base(Decimal(litres) / LITRES_OF_M3)
