"""Subjects that later clauses leave unsaid, in sentences written for these tests."""

from __future__ import annotations

import pytest

from plans.extract.reading import figures


def _scopes(text: str) -> list[str]:
    return [line.partition(" @")[2].split(" ")[0] for line in figures(text)]


ALONE = [
    ("缺水地区，再生水利用率达到30%以上，新建小区中水回用率不低于10%。", ["缺水地区", "缺水地区"]),
    ("床位100张以上的医院，节水器具普及率达到100%；公园绿地节水灌溉率达到80%。", ["床位100张以上的医院", ""]),
    ("对于沿河城市，再生水利用率不低于20%。", ["沿河城市"]),
]


@pytest.mark.parametrize(("text", "scopes"), ALONE)
def test_a_class_in_a_clause_of_its_own_is_the_scope_of_what_follows(text: str, scopes: list[str]) -> None:
    assert _scopes(text) == scopes


NO_CLASS = [
    "同步配套灌溉设施，新增灌溉面积9万亩。",
    "加强重点企业，再生水利用率达到30%。",
    "新建清河供水工程，建成水厂2座。",
]


@pytest.mark.parametrize("text", NO_CLASS)
def test_a_clause_with_a_verb_singles_nobody_out(text: str) -> None:
    assert _scopes(text) == [""]


def test_a_trade_that_opens_a_task_is_the_scope_of_its_rates_and_not_of_its_counts() -> None:
    text = "钢铁行业。到2025年，水重复利用率达到98%以上，建成示范项目5个。"
    assert _scopes(text) == ["钢铁行业", ""]


def test_a_metric_that_names_the_trade_needs_no_scope() -> None:
    assert _scopes("纺织印染行业。到2025年，印染废水回用率达到45%以上。") == [""]


def test_a_verb_before_a_trade_opens_no_trade() -> None:
    assert _scopes("规范特种行业。到2025年，循环水设施安装率达到85%。") == [""]


def test_places_that_must_act_are_the_scope_of_the_next_clauses() -> None:
    assert _scopes("青山县、白水县要落实责任，每年创建节水型企业2家。") == ["青山县", "白水县"]
