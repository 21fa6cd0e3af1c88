"""Cut-offs in brackets, in sentences written for these tests."""

from __future__ import annotations

import pytest

from plans.extract.reading import read

CUT_OFFS = [
    ("推动居住小区（500户以上）安装中水设施。", [("居住小区", "数量", ">=500户", "安装中水设施")]),
    (
        "五成以上的大型商场（建筑面积达到3万平方米及以上）完成节水改造。",
        [("大型商场", "建筑面积", ">=30000m2", "完成节水改造")],
    ),
    ("对老旧水箱（容积不足5立方米的除外）限期改造。", [("老旧水箱", "容积", "<5m3", "除外")]),
    (
        "抽查种植（面积大于80亩）、养殖（存栏大于60头）等用水户。",
        [("种植", "面积", ">80亩", "用水户"), ("养殖", "存栏", ">60头", "用水户")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CUT_OFFS)
def test_a_compared_number_in_a_bracket_bounds_the_class_before_it(
    text: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = read(text).thresholds
    assert [(t.applies_to, t.quantity, f"{t.op.value}{t.value}{t.unit}", t.effect) for t in found] == expected


NO_CUT_OFFS = [
    "建成基地7个（省级不少于3个）。",
    "再生水利用率（含雨水不低于5%）达到30%。",
    "漏损率（不高于9%）逐年下降。",
    "以人口密度为标准（不超过1万人/平方公里）。",
    "建设水厂（占地约5亩）。",
    "改造管网（2025年底前完成）。",
]


@pytest.mark.parametrize("text", NO_CUT_OFFS)
def test_shares_remarks_and_values_in_brackets_are_no_cut_offs(text: str) -> None:
    assert read(text).thresholds == ()
