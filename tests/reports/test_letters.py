"""Letters of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reports.made_up import HALF, SIGNING
from shuiheng.kernel import Severity
from shuiheng.reports.checks import check_report
from shuiheng.reports.letters import (
    OpenMatter,
    Reminder,
    Return,
    notice_letter,
    reminder_letter,
    return_letter,
)
from shuiheng.reports.lines import front_lines
from shuiheng.reports.model import Report, ReportKind, shown
from shuiheng.reports.recompute import recomputed

MATTERS = tuple(
    OpenMatter(
        subject=f"qinghe-{number:03d}",
        name=f"第{number}项任务",
        due_on=date(2026, 7, 15),
        reason=f"第{number}处数值与附表不一致。",
    )
    for number in range(1, 6)
)
REMINDER = Reminder(
    unit="市城市管理局",
    subject="节水行动进展情况",
    period=HALF,
    due_on=date(2026, 7, 15),
    as_of=date(2026, 7, 20),
    answer_by=date(2026, 7, 24),
    matters=MATTERS[:2],
    times=2,
)
RETURN = Return(
    unit="市商务局",
    subject="节水行动进展情况",
    period=HALF,
    filed_on=date(2026, 7, 10),
    answer_by=date(2026, 7, 22),
    matters=MATTERS[:1],
)


def _text(report: Report) -> str:
    return "\n".join(line.text for line in front_lines(report))


def test_a_reminder_names_the_unit_the_days_and_the_tasks() -> None:
    report = reminder_letter(REMINDER, SIGNING)
    text = _text(report)
    assert report.addressees == ("市城市管理局",)
    assert "关于报送2026年上半年节水行动进展情况的催办函" in text
    assert "应于2026年7月15日前报送，至今已逾期5天。" in text
    assert "此前已提醒2次。" in text
    assert "尚未报送的任务共2项：第1项任务；第2项任务。" in text
    assert "请于2026年7月24日前完成报送" in text


@pytest.mark.parametrize(("as_of", "is_late"), [(date(2026, 7, 15), False), (date(2026, 7, 16), True)])
def test_a_unit_is_late_from_the_day_behind_the_due_day(as_of: date, is_late: bool) -> None:
    assert ("逾期" in _text(reminder_letter(replace(REMINDER, as_of=as_of), SIGNING))) is is_late


def test_a_first_reminder_does_not_speak_of_earlier_ones() -> None:
    assert "此前" not in _text(reminder_letter(replace(REMINDER, times=0), SIGNING))


@pytest.mark.parametrize(("count", "has_annex"), [(3, False), (4, True)])
def test_more_tasks_than_prose_can_carry_go_into_an_annex(count: int, has_annex: bool) -> None:
    report = reminder_letter(replace(REMINDER, matters=MATTERS[:count]), SIGNING)
    assert bool(report.annexes) is has_annex
    assert ("清单见附件" in _text(report)) is has_annex
    if has_annex:
        assert [shown(row[1]) for row in report.annexes[0].tables[0].rows] == [
            m.name for m in MATTERS[:count]
        ]


def test_a_filing_that_goes_back_says_what_is_wrong_and_until_when() -> None:
    text = _text(return_letter(RETURN, SIGNING))
    assert (
        "你单位于2026年7月10日报送的2026年上半年节水行动进展情况，经审核有1处需要补充或更正，现予退回。"
        in text
    )
    assert "第1项任务：第1处数值与附表不一致。\n" in text
    assert "请于2026年7月22日前更正后重新报送。" in text


def test_many_faults_stand_with_their_reasons_in_an_annex() -> None:
    report = return_letter(replace(RETURN, matters=MATTERS), SIGNING)
    assert shown(report.annexes[0].tables[0].rows[4][2]) == "第5处数值与附表不一致。"


def test_a_notice_holds_the_words_of_the_office_and_nothing_of_a_city() -> None:
    report = notice_letter(
        "关于开展年中核查的通知",
        signing=SIGNING,
        opening=["现将有关事项通知如下。"],
        sections=[("核查范围", ["全部任务。"]), ("时间安排", ["七月底前完成。"])],
    )
    assert report.kind is ReportKind.NOTICE
    assert _text(report).split("\n")[1:] == [
        "关于开展年中核查的通知",
        "市发展改革委、市水利局：",
        "现将有关事项通知如下。",
        "一、核查范围",
        "全部任务。",
        "二、时间安排",
        "七月底前完成。",
        "特此通知。",
        "青禾市节约用水办公室",
        "2026年7月15日",
        "（联系人：李工，电话：0000-1234567）",
    ]


@pytest.mark.parametrize("letter", [reminder_letter(REMINDER, SIGNING), return_letter(RETURN, SIGNING)])
def test_letters_can_be_issued_without_a_fault(letter: Report) -> None:
    assert not [f for f in check_report(letter) if f.severity is Severity.DISQUALIFY]


@pytest.mark.parametrize("letter", [reminder_letter(REMINDER, SIGNING), return_letter(RETURN, SIGNING)])
def test_every_figure_of_a_letter_computes_again(letter: Report) -> None:
    assert all(each.is_same for each in recomputed(letter))
