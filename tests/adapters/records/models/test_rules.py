"""What the database refuses on what a city adds to the rulebook."""

from __future__ import annotations

from access.rows import MOMENT, Rows
from shuiheng.adapters.records.models import LocalRule, RuleCheck

from .refusals import breaks


def test_a_value_is_checked_once_until_the_check_is_undone(rows: Rows) -> None:
    row = rows.row(RuleCheck)
    RuleCheck.objects.filter(pk=row.pk).update(undone_at=None)
    same = {"place": row.place, "rule": row.rule, "area": row.area, "value_hash": row.value_hash}
    breaks("one_check_per_value", lambda: rows.make(RuleCheck, undone_at=None, **same))
    assert rows.make(RuleCheck, undone_at=MOMENT, **same).pk


def test_two_proposals_of_one_value_can_stand_side_by_side(rows: Rows) -> None:
    row = rows.row(LocalRule)
    assert rows.make(LocalRule, place=row.place, rule=row.rule, valid_from=row.valid_from).pk != row.pk
