"""Annual counts and duties: one or the other, never both."""

from __future__ import annotations

import pytest

from plans.extract.reading import read
from shuiheng.plans.extract.recurrence import is_annual_count

COUNTS = [
    "每年开展入户宣传不少于2次。",
    "市级机关每年至少组织1次节水会议。",
    "每年举办供需对接活动不少于2场。",
    "每年抽查比例不低于10%。",
    "每年培训用水户800人次以上。",
]
DUTIES = [
    ("每季度至少开展1次执法检查。", "quarterly"),
    ("每年至少检查2次重点用水户。", "semiannual"),
    ("各区每半年向市水利局报送一次进展。", "semiannual"),
    ("大型灌区每年开展一次灌溉水利用系数测算。", "annual"),
    ("企业每三年完成一次水平衡测试。", "triennial"),
    ("市水利局每半年通报一次填报质量。", "semiannual"),
]
NEITHER = [
    "建立年度评价制度。",
    "节水工作纳入乡镇年度综合考核。",
    "引导企业发布绿色发展年度报告。",
]


@pytest.mark.parametrize("text", COUNTS)
def test_a_thing_done_a_number_of_times_a_year_is_an_annual_target(text: str) -> None:
    found = read(text)
    assert [target.annual for target in found.targets] == [True]
    assert found.duties == ()


@pytest.mark.parametrize(("text", "frequency"), DUTIES)
def test_a_report_or_check_with_a_rhythm_is_a_duty(text: str, frequency: str) -> None:
    found = read(text)
    assert [duty.frequency for duty in found.duties] == [frequency]
    assert found.targets == ()


@pytest.mark.parametrize("text", NEITHER)
def test_a_scheme_of_evaluation_is_neither(text: str) -> None:
    found = read(text)
    assert (found.targets, found.duties) == ((), ())


def test_a_rhythm_shorter_than_a_year_is_no_annual_count() -> None:
    assert not is_annual_count("每季度宣传2次")
