"""Which settled months changed a fact since an official figure was signed off, and what was edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.models import Figure, Meter, MeterFact, ReadingEdit, UserFact, WaterUser
from shuiheng.adapters.records.queries_fact_rows import users_named
from shuiheng.adapters.records.queries_settled_turns import edits_since, meters_named, turned_meters
from shuiheng.services.indicators.settled_causes import MonthCause, settled_causes
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.page import page, seen
from shuiheng.web.words_counts import language

PAGE_SIZE = 50
AROUND = timedelta(days=31)
"""How far before and behind a month an edited reading may lie that moves its water."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseLine:
    """A month of a meter in sight that changed, with the edits behind it."""

    cause: MonthCause
    meter: Meter | None
    user: WaterUser | None
    edits: Sequence[ReadingEdit]
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BeliefLine:
    """What the ledger learned of a user or meter; the names are those in sight."""

    belief: UserFact | MeterFact
    user: WaterUser | None
    meter: Meter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """Meters and users in sight, read once for the page."""

    meters: Mapping[int, Meter]
    users: Mapping[int, WaterUser]

    @classmethod
    def read(
        cls, request: HttpRequest, meters: Sequence[int], beliefs: Sequence[UserFact | MeterFact]
    ) -> _Named:
        """Return the meters of causes and beliefs with their users, as far as the reader sees them."""
        keys = {*meters, *(each.subject_id for each in beliefs if isinstance(each, MeterFact))}
        known = meters_named(seen(request, Action.READINGS_LOOK), keys)
        owners = {each.subject_id for each in beliefs if isinstance(each, UserFact)}
        owners |= {each.user_id for each in known.values() if each.user_id is not None}
        return cls(meters=known, users=users_named(seen(request, Action.LEDGER_LOOK), owners))


@page(Action.FIGURES_LOOK)
def causes_of_fact(request: HttpRequest, key: int, fact: str, year: int) -> HttpResponse:
    """Show which settled months changed a fact since a figure was signed off."""
    row = row_for(request.user, Action.FIGURES_LOOK, Figure, pk=key)
    found, readings = settled_causes(row, fact, year), seen(request, Action.READINGS_LOOK)
    visible = turned_meters(readings, row, year)
    listed = [each for each in found.months if each.turned.meter in visible]
    shown = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    causes, spoken = list(shown.object_list), language()
    named = _Named.read(request, [each.turned.meter for each in causes], found.beliefs)
    edits = edits_since(readings, list(named.meters), row.released_at)
    beliefs = [_belief(each, named) for each in found.beliefs]
    context = {
        "row": row,
        "fact": fact,
        "found": found,
        "name": found.kind.names[spoken],
        "unit": found.kind.unit.names.get(spoken, ""),
        "page": shown,
        "lines": [_line(each, named, edits) for each in causes],
        "hidden": len(found.months) - len(listed),
        "beliefs": [each for each in beliefs if each.user or each.meter],
    }
    return render(request, "figures/causes.html", context)


def _line(cause: MonthCause, named: _Named, edits: Sequence[ReadingEdit]) -> CauseLine:
    turned = cause.turned
    last = last_day_of(turned.month)
    return CauseLine(
        cause=cause,
        meter=named.meters.get(turned.meter),
        user=named.users.get(turned.user or 0),
        edits=[each for each in edits if each.meter_id == turned.meter and _moves(each, turned.month, last)],
        query=f"from={turned.month.isoformat()}&to={last.isoformat()}",
    )


def _moves(edit: ReadingEdit, first: date, last: date) -> bool:
    day = timezone.localdate(edit.read_at)
    return first - AROUND <= day <= last + AROUND


def _belief(belief: UserFact | MeterFact, named: _Named) -> BeliefLine:
    if isinstance(belief, UserFact):
        return BeliefLine(belief=belief, user=named.users.get(belief.subject_id), meter=None)
    meter = named.meters.get(belief.subject_id)
    return BeliefLine(belief=belief, user=named.users.get(meter.user_id or 0) if meter else None, meter=meter)
