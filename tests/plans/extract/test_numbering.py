"""Ids, and what is labelled once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans.extract.reading import read
from shuiheng.plans.extract.numbering import (
    document_key,
    new_duties,
    new_thresholds,
    numbered,
    without_repeated,
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("000_cixi.txt", "000"),
        ("2021年方案.docx", "202"),
        ("7.pdf", "7"),
        ("plan_a.pdf", "plan"),
        ("清水市节水行动实施方案.txt", "清水市节水行动实"),
        (".txt", "plan"),
    ],
)
def test_a_document_has_a_short_key(name: str, key: str) -> None:
    assert document_key(name) == key


def test_ids_run_through_all_groups_and_shares_follow() -> None:
    targets = read("2022年，建成基地7座（省级3座）。").targets
    found = numbered("abc", "T", [(None, targets), ("abc-001", targets)], lambda target: target)
    assert [t.id for t in found] == ["abc-T01", "abc-T02", "abc-T03", "abc-T04"]
    assert [t.part_of for t in found] == [None, "abc-T01", None, "abc-T03"]
    assert [t.task for t in found] == [None, None, "abc-001", "abc-001"]


def test_a_target_of_a_task_is_not_labelled_again() -> None:
    targets = read("到2025年，甲率达到10%，乙率达到20%。").targets
    ((_, kept),) = without_repeated([(None, targets)], [("t", targets[:1])])
    assert [target.metric for target in kept] == ["乙率"]


def test_another_deadline_is_another_target() -> None:
    early, late = read("到2022年，甲率达到10%。").targets, read("到2025年，甲率达到10%。").targets
    assert without_repeated([(None, early)], [("t", late)]) == [(None, early)]


def test_only_new_duties_and_thresholds_are_taken_from_the_body() -> None:
    found = read("年用水量3万立方米以上的企业每季度向市水利局报送报表。")
    assert new_duties(found.duties, found.duties) == []
    assert new_thresholds(found.thresholds, found.thresholds) == []
    other = replace(found.duties[0], frequency="monthly")
    assert new_duties([other], found.duties) == [other]


SAME = [
    (
        "到2025年，行政村污水有效治理比例达到70%。",
        "到2025年，污水得到有效治理的行政村比例达到70%以上。",
        True,
    ),
    ("到2025年，农膜回收利用率达到85%。", "到2025年，农膜回收率达到85%。", True),
    ("到2025年，缺水城市再生水利用率达到25%。", "到2025年，再生水利用率达到25%。", False),
    ("到2025年，缺水城市，再生水利用率达到25%。", "到2025年，沿河缺水城市再生水利用率达到25%。", False),
    ("到2025年，城市污水处理率达到95%。", "到2025年，县城污水处理率达到95%。", False),
    ("到2025年，化肥利用率达到43%。", "到2025年，农药利用率达到43%。", False),
]


@pytest.mark.parametrize(("row", "prose", "is_same"), SAME)
def test_the_same_thing_in_other_words_is_labelled_on_the_row(row: str, prose: str, is_same: bool) -> None:
    ((_, kept),) = without_repeated([(None, read(prose).targets)], [("t", read(row).targets)])
    assert (kept == ()) is is_same


def test_a_class_may_be_the_scope_of_one_and_in_the_metric_of_the_other() -> None:
    (row,) = read("到2025年，绿地率达到40%。").targets
    row = replace(row, scope="县级及以上城市")
    prose = read("到2025年，县级及以上城市绿地率达到40%。").targets
    other = read("到2025年，绿地率达到40%。").targets
    kept = without_repeated([(None, prose), (None, other)], [("t", (row,))])
    assert kept == [(None, ()), (None, other)]
