"""Search."""

from __future__ import annotations

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_search import search


def test_one_word_finds_plans_units_tasks_and_targets(published: PlanVersion) -> None:
    found = search("水利局")
    assert [load.label for load in found.units] == ["青禾市水利局"]
    assert len(found.tasks) == 4
    assert [plan.title for plan in search("青禾").plans] == ["青禾市节水工作实施方案"]
    assert search("漏损").targets


def test_empty_words_find_nothing(published: PlanVersion) -> None:
    assert search("  ").count == 0


def test_signs_of_a_pattern_are_plain_words(published: PlanVersion) -> None:
    assert search("%").tasks == search("100%").tasks
    assert search("_").count == 0
