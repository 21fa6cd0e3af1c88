"""Search."""

from __future__ import annotations

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_search import search
from shuiheng.adapters.records.sight import Sight


def test_one_word_finds_plans_units_tasks_and_targets(published: PlanVersion, seen: Sight) -> None:
    found = search(seen, "水利局")
    assert [load.label for load in found.units] == ["青禾市水利局"]
    assert len(found.tasks) == 4
    assert [plan.title for plan in search(seen, "青禾").plans] == ["青禾市节水工作实施方案"]
    assert search(seen, "漏损").targets


def test_empty_words_find_nothing(published: PlanVersion, seen: Sight) -> None:
    assert search(seen, "  ").count == 0


def test_signs_of_a_pattern_are_plain_words(published: PlanVersion, seen: Sight) -> None:
    assert search(seen, "%").tasks == search(seen, "100%").tasks
    assert search(seen, "_").count == 0
