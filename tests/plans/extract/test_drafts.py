"""From drafts to targets with local ids."""

from __future__ import annotations

from plans.extract.reading import parse
from shuiheng.plans.extract.drafts import Draft, finished
from shuiheng.plans.model import Operator, TargetKind


def _draft(start: int, end: int, parent: Draft | None = None) -> Draft:
    return Draft(
        start=start,
        end=end,
        metric="甲",
        kind=TargetKind.COUNT,
        op=Operator.EQUAL,
        value=None,
        unit="家",
        parent=parent,
    )


def test_a_quote_begins_behind_its_conjunction() -> None:
    parsed = parse("其中甲3家")
    (target,) = finished([_draft(0, 5)], parsed)
    assert target.quote == "甲3家"


def test_a_share_points_to_the_id_of_its_total() -> None:
    parsed = parse("甲3家乙2家")
    total = _draft(0, 3)
    first, second = finished([total, _draft(3, 6, total)], parsed)
    assert second.part_of == first.id
