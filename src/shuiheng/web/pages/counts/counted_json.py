"""What counts for a target as JSON; what is not known is null and never 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shuiheng.programmes.counting import Stage
from shuiheng.services.cases.count_target import TargetCount
from shuiheng.services.cases.link_json import how_json

if TYPE_CHECKING:
    from shuiheng.web.pages.counts.one import CaseLine


def count_json(found: TargetCount, *, lines: Sequence[CaseLine] | None = None) -> dict[str, Any]:
    """Return what counts for a target as JSON.

    Args:
        found: What counts.
        lines: The cases that the reader may see; None to leave them out.
    """
    target, sums = found.linked.target, found.stage_sums()
    return {
        "target": target.pk,
        "item": target.item,
        "metric": target.metric,
        "scope": target.scope,
        "kind": target.kind,
        "wanted": _text(target.value),
        "unit": target.unit,
        "deadline": None if target.deadline is None else target.deadline.isoformat(),
        "counted_by": how_json(found.linked.how),
        "is_confirmed": found.linked.is_confirmed,
        "on": found.on.isoformat(),
        "value": _text(found.value),
        "at_least": _text(found.least),
        "short": _text(found.short),
        "problem": found.problem or None,
        "missing": list(found.missing),
        "stages": {stage.value: sums[stage] for stage in Stage} if found.count is not None else None,
        "districts": None
        if found.count is None
        else {name: _text(part.least * found.factor) for name, part in found.count.by_district().items()},
        **({} if lines is None else {"cases": [_case(each) for each in lines]}),
    }


def _case(each: CaseLine) -> dict[str, Any]:
    return {
        "case": each.row.pk,
        "name": each.row.subject_name,
        "district": each.row.district.name,
        "kind": each.row.kind,
        "level": each.counted.level,
        "reached_on": each.counted.reached_on.isoformat(),
        "amount": _text(each.amount),
    }


def _text(value: object) -> str | None:
    return None if value is None else f"{value:f}"
