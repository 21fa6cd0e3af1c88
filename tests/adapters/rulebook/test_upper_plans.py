"""Targets of upper-level plans."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shuiheng.adapters.rulebook import RulebookError, load_upper_plan, upper_plan_ids
from shuiheng.adapters.rulebook.upper_plans import read_upper_plan
from shuiheng.plans import Operator, TargetKind

FILE = """title: 省节水方案
source: province
from: 2020-01-01
targets:
  - metric: 漏损率
    kind: level
    op: "<="
    value: "10"
    unit: "%"
    deadline: 2025-12-31
    at: 三
    printed: ["10%"]
checked: {day: null, by: null}
"""


def _folder(folder: Path, text: str) -> Path:
    (folder / "targets").mkdir()
    (folder / "sources").mkdir()
    (folder / "sources" / "province.yaml").write_text("kind: plan\n", "utf-8")
    (folder / "targets" / "one.yaml").write_text(text, "utf-8")
    return folder


def test_an_upper_plan_is_a_plan_with_targets_only(tmp_path: Path) -> None:
    plan = read_upper_plan(_folder(tmp_path, FILE), "one")
    assert (plan.header.title, plan.header.issued) == ("省节水方案", date(2020, 1, 1))
    assert [(t.id, t.value, t.op) for t in plan.targets] == [("one-T01", 10, Operator.AT_MOST)]


@pytest.mark.parametrize(
    "change",
    [
        ("source: province\n", ""),
        ("source: province\n", "source: gone\n"),
        ("from: 2020-01-01\n", ""),
        ("    at: 三\n", ""),
        ('    printed: ["10%"]\n', ""),
        ("    deadline: 2025-12-31\n", ""),
        ('value: "10"', "value: 10"),
        ("kind: level", "kind: wish"),
        ("kind: level", "kind: reduction"),
        ('"<="', '"=<"'),
    ],
)
def test_a_value_without_source_clause_and_days_does_not_load(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    with pytest.raises(RulebookError):
        read_upper_plan(_folder(tmp_path, FILE.replace(*change)), "one")


def test_the_national_plan_ships_with_its_three_horizons() -> None:
    plan = load_upper_plan("cn_national_2019")
    assert {t.deadline.year for t in plan.targets if t.deadline} == {2020, 2022, 2035}
    reductions = [t for t in plan.targets if t.kind is TargetKind.REDUCTION]
    assert [(t.value, t.baseline_year) for t in reductions] == [
        (23, 2015),
        (20, 2015),
        (30, 2015),
        (28, 2015),
    ]


def test_an_unknown_plan_is_an_error() -> None:
    assert "cn_national_2019" in upper_plan_ids()
    with pytest.raises(KeyError):
        load_upper_plan("../glossary")
