"""The worst and most frequent findings stand first; each meter counts once for a sort and district."""

from __future__ import annotations

from shuiheng.adapters.records.queries_quality import FoundCount
from shuiheng.web.pages.quality.board import found_rows


def test_the_worst_stand_first_and_then_the_most_frequent() -> None:
    rows = found_rows(
        [
            FoundCount("gap", "note", 1, 9),
            FoundCount("stuck", "warn", 1, 2),
            FoundCount("stuck", "warn", 2, 1),
            FoundCount("jump", "warn", None, 7),
            FoundCount("silent", "disqualify", 2, 1),
        ]
    )
    assert [row.code for row in rows] == ["silent", "jump", "stuck", "gap"]
    assert rows[2].meters == {1: 2, 2: 1} and rows[2].whole == 3


def test_a_sort_has_the_worst_of_its_severities() -> None:
    (row,) = found_rows([FoundCount("gap", "note", 1, 1), FoundCount("gap", "disqualify", 2, 2)])
    assert (row.severity, row.meters, row.whole) == ("disqualify", {1: 1, 2: 2}, 3)


def test_nothing_found_is_no_rows() -> None:
    assert found_rows([]) == []
