"""What counts for a target as JSON; what is not known is null and never 0."""

from __future__ import annotations

from typing import Any

from shuiheng.programmes.counting import Stage
from shuiheng.services.cases.count_target import TargetCount
from shuiheng.services.cases.link_json import how_json


def count_json(found: TargetCount) -> dict[str, Any]:
    """Return what counts for a target as JSON; districts stand by their keys."""
    target, sums, count = found.linked.target, found.stage_sums(), found.count
    return {
        "target": target.pk,
        "item": target.item,
        "metric": target.metric,
        "scope": target.scope,
        "kind": target.kind,
        "wanted": plain_number(target.value),
        "unit": target.unit,
        "deadline": None if target.deadline is None else target.deadline.isoformat(),
        "counted_by": how_json(found.linked.how),
        "is_confirmed": found.linked.is_confirmed,
        "on": found.on.isoformat(),
        "value": plain_number(found.value),
        "at_least": plain_number(found.least),
        "short": plain_number(found.short),
        "problem": found.problem or None,
        "missing": list(found.missing),
        "stages": None if count is None else {stage.value: sums[stage] for stage in Stage},
        "districts": None
        if count is None
        else {name: plain_number(part.least * found.factor) for name, part in count.by_district().items()},
    }


def plain_number(value: Any) -> str | None:
    """Return a number as text without needless zeros, or None."""
    return None if value is None else f"{value.normalize():f}"
