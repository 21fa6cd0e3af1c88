"""Every meter stands in the tree once, behind the one above it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import MeterFact
from shuiheng.web.pages.ledger.tree import branches


def _facts(parents: list[int | None]) -> list[MeterFact]:
    return [MeterFact(pk=at, subject_id=at, parent_id=parent) for at, parent in enumerate(parents)]


def test_meters_stand_behind_the_one_above_them() -> None:
    found = branches(_facts([None, 3, None, 0, 99]))
    assert [(branch.fact.pk, branch.depth) for branch in found] == [(0, 0), (3, 1), (1, 2), (2, 0), (4, 0)]


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), max_size=12))
def test_every_meter_is_shown_once_even_in_a_ring(parents: list[int | None]) -> None:
    found = branches(_facts(parents))
    assert sorted(branch.fact.pk for branch in found) == list(range(len(parents)))
