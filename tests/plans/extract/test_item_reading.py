"""Flags, hedges, doubts of one item."""

from __future__ import annotations

import pytest

from plans.extract.reading import read


def test_yearly_counts_are_not_cumulative() -> None:
    (target,) = read("每年建成节水型企业3家。").targets
    assert (target.annual, target.cumulative) == (True, False)


def test_counts_are_cumulative_and_levels_only_where_they_say_so() -> None:
    count, level, area = read("到2025年，建成企业3家，利用率达到9%，灌溉面积累计达到5万亩。").targets
    assert (count.cumulative, level.cumulative, area.cumulative) == (True, None, True)


def test_soft_words_are_told() -> None:
    hard, soft = read("到2025年，利用率达到9%，力争普及率达到95%。").targets
    assert (hard.is_hedged, soft.is_hedged) == (False, True)


def test_each_or_all_is_left_open_where_the_words_are() -> None:
    (target,) = read("到2025年，每个县建设1-2个节水型园区。").targets
    assert [a.reason for a in target.alternatives] == ["each_or_total"]


def test_the_base_of_an_increase_is_kept_as_another_reading() -> None:
    (target,) = read("到2025年，利用率比2020年提高5个百分点。").targets
    assert target.baseline_year is None
    assert [(a.field, a.value) for a in target.alternatives] == [("baseline_year", "2020")]


def test_a_base_year_holds_for_the_breakdown() -> None:
    first, second = read("到2025年，能耗比2020年下降14%。其中，工业能耗下降17%。").targets
    assert (first.baseline_year, second.baseline_year) == (2020, 2020)


YEARLY = [
    ("到2025年，产值年均增长9%以上，建成基地3个。", [True, False]),
    ("每年开展宣传活动10场，新建公园2个。", [True, True]),
    ("每年开展宣传活动10场；新建公园2个。", [True, False]),
    ("每年开展宣传活动10场，到2025年，新建公园2个。", [True, False]),
]


@pytest.mark.parametrize(("text", "annual"), YEARLY)
def test_each_year_goes_on_up_to_a_semicolon_or_a_date(text: str, annual: list[bool]) -> None:
    assert [target.annual for target in read(text).targets] == annual
