"""Search through titles, task texts, units and metrics of published plans."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from shuiheng.adapters.records.models import PlanDocument, PublishedDuty, PublishedTarget, PublishedTask
from shuiheng.adapters.records.queries_items import ItemFilter, duties, targets, tasks
from shuiheng.adapters.records.queries_units import UnitLoad, unit_loads
from shuiheng.adapters.records.sight import Sight

LIMIT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search found, at most `LIMIT` of each sort."""

    plans: tuple[PlanDocument, ...] = ()
    units: tuple[UnitLoad, ...] = ()
    tasks: tuple[PublishedTask, ...] = ()
    targets: tuple[PublishedTarget, ...] = ()
    duties: tuple[PublishedDuty, ...] = ()

    @property
    def count(self) -> int:
        """How many things were found in all."""
        return sum(len(found) for found in (self.plans, self.units, self.tasks, self.targets, self.duties))


def search(seen: Sight, words: str) -> SearchResult:
    """Return what holds all of `words`; nothing for empty words."""
    if not words.strip():
        return SearchResult()
    titled = Q()
    for word in words.split():
        titled &= Q(title__icontains=word) | Q(jurisdiction__icontains=word)
    wanted = ItemFilter(words=words)
    return SearchResult(
        plans=tuple(seen(PlanDocument).filter(titled).order_by("-pk")[:LIMIT]),
        units=tuple(unit_loads(seen, words=words)[:LIMIT]),
        tasks=tuple(tasks(seen, wanted)[:LIMIT]),
        targets=tuple(targets(seen, wanted)[:LIMIT]),
        duties=tuple(duties(seen, wanted)[:LIMIT]),
    )
