"""Dated results without a number, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from plans.extract.reading import read
from shuiheng.plans.passage import PassageRole

MILESTONES = [
    ("到2025年，全面落实水费收缴制度。", 1),
    ("到2025年，健全农村供水管护机制。", 1),
    ("到2025年，城区基本实现抄表到户全覆盖。", 1),
    ("到2025年，取水计量实现全覆盖。", 1),
    ("到2025年，全部县（市、区）达到节水型社会标准。", 1),
    ("到2025年，争取基本达到节水型城市标准。", 1),
    ("2022年6月底前，印发节水专项规划。", 1),
    ("2022年底前完成用水定额修订。", 1),
    ("2022年底前，编制完成水资源调度方案，建立协调机制。", 2),
    ("到2025年，明确用水强度控制指标，制定准入标准，强化事后监管。", 2),
    ("到2025年，建成一批节水型载体。", 1),
    ("到2025年，评选出一批技术先进、作用明显的水效领跑者。", 1),
    ("到2025年，将重点用户全部纳入监控名录。", 1),
    ("到2025年，重点用户均纳入计划管理范围。", 1),
    ("到2025年，继续保持城市供水管网漏损率位列全省前茅。", 1),
    ("到2025年，建立监管台账，并扩展到农业领域。", 1),
    ("2025年前，设区的市全部创建节水型城市。", 1),
    ("到2025年，黑臭水体基本消除。", 1),
    ("到2025年，大中型灌区渠首实现取水计量。", 1),
    ("到2025年，落后产能全部退出。", 1),
    ("到2025年，完成年度任务，确保2026年创建成功。", 2),
    ("到2025年，全面推行计划用水制度。", 1),
    ("编制节水规划，2022年底前完成。", 1),
]

NO_MILESTONES = [
    "健全农村供水管护机制。",
    "到2025年，推进供水管网分区计量管理。",
    "到2025年，加强取水监管。",
    "到2025年，强化事中事后监管，简化审批程序。",
    "到2025年，全社会节水意识明显增强。",
    "到2025年，节水型生产生活方式初步形成。",
    "到2025年，用水效率显著提高。",
    "截至2020年底，建成一批节水型载体。",
    "“十三五”期间，完成用水定额修订。",
    "2018年以来，建立了协调机制。",
    "按照2025年建成节水型社会的要求，开展宣传。",
    "完成2020年度考核发现问题的整改。",
    "制定2021年考核方案。",
    "完成2000年前建成的小区改造。",
    "2021年3月5日，市政府印发《节水管理办法》。",
    "编制《清水市2021-2025年节水规划》。",
]

GENERAL = [
    ("到2025年，节水制度逐步完善，管理机制逐步健全，节水效果初见成效。", 0),
    ("到2035年，形成健全的政策法规体系，水资源利用达到国内先进水平。", 0),
    ("到2025年，全面完成县域节水型社会建设任务。", 1),
    ("到2025年，城市建成区黑臭水体全部消除。", 1),
]


@pytest.mark.parametrize(("text", "count"), MILESTONES)
def test_a_dated_result_is_a_milestone(text: str, count: int) -> None:
    assert len([target for target in read(text).targets if target.value is None]) == count


@pytest.mark.parametrize("text", NO_MILESTONES)
def test_an_activity_a_vision_or_a_fact_is_no_milestone(text: str) -> None:
    assert read(text).targets == ()


@pytest.mark.parametrize(("text", "count"), GENERAL)
def test_main_targets_hold_only_concrete_milestones(text: str, count: int) -> None:
    assert len(read(text, role=PassageRole.GENERAL_TARGETS).targets) == count


def test_two_districts_have_two_milestones_each() -> None:
    text = "青山县、白水县要对照标准，积极开展创建，2021年内要完成年度任务，确保到2022年创建成功。"
    found = [(t.scope, t.deadline.year if t.deadline else None) for t in read(text).targets]
    assert sorted(found) == [("白水县", 2021), ("白水县", 2022), ("青山县", 2021), ("青山县", 2022)]


def test_each_of_two_dates_is_for_its_own_subject() -> None:
    text = "重点村和一般村分别于2022年底和2025年底全面完成治理。"
    found = [(t.scope, t.deadline.year if t.deadline else None) for t in read(text).targets]
    assert found == [("重点村", 2022), ("一般村", 2025)]


def test_a_milestone_has_no_number() -> None:
    (target,) = read("到2025年，取水计量实现全覆盖。").targets
    assert (target.value, target.unit, target.op.value) == (None, None, "=")


CARRYING = [
    ("2025年底前，全面停止使用一次性餐具。", "停止使用一次性餐具"),
    ("2025年底前，淘汰老旧用水设备。", "淘汰老旧用水设备"),
    ("2025年底前，建立计量台账。", "计量台账"),
]


@pytest.mark.parametrize(("text", "metric"), CARRYING)
def test_a_verb_that_turns_the_sense_stays_in_the_metric(text: str, metric: str) -> None:
    assert [target.metric for target in read(text).targets] == [metric]


BY_ROW_DUE = [
    ("优先采用节水器具。", 0),
    ("设立界碑。", 0),
    ("淘汰老旧设备。", 0),
    ("取水大户纳入监控名录。", 0),
    ("取水大户全部纳入监控名录。", 1),
    ("落后设备全部淘汰。", 1),
    ("编制完成用水定额。", 1),
]


@pytest.mark.parametrize(("text", "count"), BY_ROW_DUE)
def test_only_results_are_milestones_by_the_date_of_the_row(text: str, count: int) -> None:
    assert len(read(text, due=date(2025, 6, 30)).targets) == count


def test_a_verb_at_the_end_that_turns_the_sense_stays_in_the_metric() -> None:
    assert [target.metric for target in read("2025年底前，落后设备全部淘汰。").targets] == ["落后设备淘汰"]


MORE = [
    ("年取水量1万立方米以上的企业应在2024年6月底前接入统计平台。", 1),
    ("年取水量1万立方米以上的企业应当接入统计平台。", 0),
    ("2024年修编节水规划。", 1),
    ("已建园区2024年底前全部完成诊断。", 1),
    ("2024年底前，逾期未完成改造的不得享受优惠电价。", 0),
    ("到2024年，自告知之日起1年内完成改造。", 0),
]


@pytest.mark.parametrize(("text", "count"), MORE)
def test_results_are_told_from_conditions_and_terms(text: str, count: int) -> None:
    assert len([t for t in read(text).targets if t.value is None]) == count
