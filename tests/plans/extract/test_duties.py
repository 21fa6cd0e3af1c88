"""Recurring reports and checks."""

from __future__ import annotations

import pytest

from plans.extract.reading import read

DUTIES = [
    (
        "各牵头单位于每半年结束后至下一个月10日前将进展情况报市水利局。",
        "semiannual",
        "每半年结束后至下一个月10日前",
        (1, 10),
        ("市水利局",),
    ),
    ("每季度末月25日前将报表报送市节水办。", "quarterly", "每季度末月25日前", (0, 25), ("市节水办",)),
    ("各县于每季度首月5日前报送统计表。", "quarterly", "每季度首月5日前", (1, 5), ()),
    ("各单位每年12月10日前向市水利局报送工作总结。", "annual", "每年12月10日前", (0, 10), ("市水利局",)),
    ("次年1月底前将年度总结报市政府。", "annual", "次年1月底前", (1, 0), ("市政府",)),
    ("每月5日前上报用水量。", "monthly", "每月5日前", (1, 5), ()),
    ("每月25日前上报用水量。", "monthly", "每月25日前", (0, 25), ()),
    ("健全用水年报制度。", "annual", None, None, ()),
    ("建立节水统计月报制度。", "monthly", None, None, ()),
    ("实行季报制度。", "quarterly", None, None, ()),
    ("每季度通报一次工作进展。", "quarterly", None, None, ()),
    ("每周调度工程进度。", "weekly", None, None, ()),
    ("每年开展一次监督检查。", "annual", None, None, ()),
    ("市节水办制定年度计划，并对年度计划执行情况开展监督检查。", "annual", None, None, ()),
    ("每两年组织一次评估。", "biennial", None, None, ()),
    ("每三年开展一次用水评估。", "triennial", None, None, ()),
]

COUNTED = [
    ("重点单位每年至少检查2次。", "semiannual"),
    ("每旬发布一次监测数据。", "every ten days"),
    ("每两周调度一次。", "biweekly"),
    ("口径较大的水表每两年检定一次。", "biennial"),
    ("供水公司每月对管道检漏一遍。", "monthly"),
    ("监测数据每日上传。", "daily"),
]

NO_DUTIES = [
    "定期开展监督检查。",
    "及时报送工作进展。",
    "按时考核用水计划执行情况。",
    "制定年度用水计划。",
    "科学制定区域年度用水计划。",
    "每年开展5家以上养殖场节水改造。",
    "每年新建高标准农田2万亩。",
    "再生水利用率每年提高1个百分点。",
    "分年度实施水平衡测试。",
    "落实年度用水控制目标。",
    "做好2021年考核工作。",
]


@pytest.mark.parametrize(("text", "frequency", "due", "rule", "to"), DUTIES)
def test_a_duty_has_its_rhythm_due_day_and_addressee(
    text: str, frequency: str, due: str | None, rule: tuple[int, int] | None, to: tuple[str, ...]
) -> None:
    (duty,) = read(text).duties
    assert (duty.frequency, duty.due, duty.to) == (frequency, due, to)
    assert (None if duty.due_rule is None else (duty.due_rule.months_after, duty.due_rule.day)) == rule


@pytest.mark.parametrize(("text", "frequency"), COUNTED)
def test_a_number_of_times_in_a_period_is_a_rhythm(text: str, frequency: str) -> None:
    assert [duty.frequency for duty in read(text).duties] == [frequency]


@pytest.mark.parametrize("text", NO_DUTIES)
def test_without_a_rhythm_or_a_report_there_is_no_duty(text: str) -> None:
    assert read(text).duties == ()


def test_who_must_report_is_named() -> None:
    (duty,) = read("各项工作的牵头单位于每季度首月5日前将进展情况报市水利局和市发展改革委。").duties
    assert duty.by == ("各项工作的牵头单位",)
    assert duty.to == ("市水利局", "市发展改革委")


def test_the_subject_of_the_clause_before_is_taken_along() -> None:
    (duty,) = read("市节水委制定年度计划，并对年度计划执行情况开展监督检查。").duties
    assert duty.by == ("市节水委",)
    assert duty.quote.startswith("市节水委")


def test_two_rhythms_of_one_sentence_are_two_duties() -> None:
    duties = read("各区应当建立机制，于每季度首月5日前填报报表及每年1月10日前报送总结。").duties
    assert sorted(duty.frequency for duty in duties) == ["annual", "quarterly"]
    assert all(duty.by == ("各区",) for duty in duties)


TERMS = [
    ("后勤处每学期公示一次用水情况。", "semiannual"),
    ("市住建局于季后15日内将检查情况报市政府。", "quarterly"),
]


@pytest.mark.parametrize(("text", "frequency"), TERMS)
def test_terms_and_days_behind_a_quarter_are_rhythms(text: str, frequency: str) -> None:
    assert [duty.frequency for duty in read(text).duties] == [frequency]


NAMED = [
    "将结果作为干部年度考核的重要依据。",
    "取消年度考核评优资格。",
    "建立年度监测、中期评估机制。",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_yearly_check_that_is_only_named_is_no_duty(text: str) -> None:
    assert read(text).duties == ()


def test_a_name_that_holds_an_and_is_one_unit_and_two_names_are_two() -> None:
    (duty,) = read("市工业和信息化局每季度向市住房和城乡建设局报送漏损情况。").duties
    assert (duty.by, duty.to) == (("市工业和信息化局",), ("市住房和城乡建设局",))
    assert duty.what == "每季度向市住房和城乡建设局报送漏损情况"
    (duty,) = read("市水利局和市财政局每季度向市政府及省水利厅报送资金使用情况。").duties
    assert duty.by == ("市水利局", "市财政局")
    assert duty.to == ("市政府", "省水利厅")
    assert duty.what.startswith("每季度")
