"""Targets with what serves them, as a terminal and a program read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shuiheng.cli.link_printing import link_words
from shuiheng.cli.main import main
from shuiheng.programmes.target_link import LinkGap, Served, TargetLink

PLAN = """某市节水行动实施方案
一、重点任务
1．推进节水载体创建。到2025年，建成省级节水型企业12家，更新改造供水管网30公里，节水型居民小区建成率达到20%以上。（牵头单位：市水利局；参与单位：市住建局）
2．推进分布式光伏。到2025年，新增光伏装机容量20万千瓦。（牵头单位：市发改委；参与单位：市住建局）
"""


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, "utf-8")
    return file


def test_each_target_stands_with_what_serves_it(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "link", str(plan_file)]) == 0
    printed = capsys.readouterr().out
    assert "→ 节水型企业·建成节水型企业家数 (省级)" in printed
    assert "→ 供水管网更新改造·更新改造长度" in printed
    assert "✗ 属于能源与碳排放" in printed
    assert "已挂接 3 / 4" in printed


def test_a_program_reads_counts_and_reasons(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "link", str(plan_file), "--json"]) == 0
    links = json.loads(capsys.readouterr().out)["links"]
    assert links[0]["programmes"] == [{"kind": "saving_enterprise", "counting": "built"}]
    assert [link["gap"] for link in links] == [None, None, None, "outside"]


def test_lists_of_the_ledger_and_indicators_are_named() -> None:
    link = TargetLink(
        target="T01",
        programmes=(Served("balance_test", "coverage"),),
        indicators=("site_water_audit_rate",),
        duties=("balance_test",),
    )
    assert link_words(link) == "→ 水平衡测试·水平衡测试覆盖率、水平衡测试覆盖率、水平衡测试名录"


def test_words_that_narrow_a_target_stand_beside_it() -> None:
    link = TargetLink(
        target="T01", programmes=(Served("saving_school", "awarded"),), level="city", narrowed_by=("乡镇",)
    )
    assert link_words(link) == "→ 节水型学校·建成数 (市级) (限乡镇)"


def test_what_nothing_serves_says_so_in_english() -> None:
    words = link_words(TargetLink(target="T01", gap=LinkGap.UNKNOWN, gap_words="某物"), language="en")
    assert words.startswith("✗ no programme or indicator was recognised")
