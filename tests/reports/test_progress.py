"""Counts of statuses."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.reports.progress import STATUS_WORDS, VERDICT_WORDS, TargetVerdict, TaskStatus, count_statuses


@given(st.lists(st.sampled_from(TaskStatus)))
def test_the_counts_of_all_statuses_add_up_to_the_tasks(statuses: list[TaskStatus]) -> None:
    counts = count_statuses(statuses)
    assert sum(counts.values()) == len(statuses)
    assert set(counts) == set(TaskStatus)


def test_every_status_and_verdict_has_words_of_its_own() -> None:
    assert len(set(STATUS_WORDS.values())) == len(TaskStatus)
    assert len(set(VERDICT_WORDS.values())) == len(TargetVerdict)
