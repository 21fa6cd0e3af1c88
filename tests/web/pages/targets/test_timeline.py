"""Targets along time."""

from __future__ import annotations

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_items import ItemFilter, targets
from shuiheng.adapters.records.sight import Sight
from shuiheng.web.pages.targets.timeline import timeline


def test_the_counts_of_all_days_are_the_number_of_dated_targets(published: PlanVersion, seen: Sight) -> None:
    rows = targets(seen, ItemFilter())
    values = timeline(rows)
    dated = [row for row in rows if row.deadline]
    assert values["days"] == sorted({row.deadline.isoformat() for row in dated})
    assert sum(sum(series["counts"]) for series in values["series"]) == len(dated) > 0
    assert all(len(series["counts"]) == len(values["days"]) for series in values["series"])


def test_nothing_makes_an_empty_picture() -> None:
    assert timeline([]) == {"days": [], "series": []}
