"""The half-year report: every number once, nothing judged that was not judged, nothing left out."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.made_up import DISTRICTS, HALF, MISSING, SIGNING, STATUSES, TARGETS, half_year, task
from shuiheng.kernel import Severity
from shuiheng.reports.checks import check_report
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.lines import front_lines
from shuiheng.reports.model import Report, prose_figures, table_figures
from shuiheng.reports.progress import HalfYearProgress, MissingFiling, TargetVerdict, TaskStatus
from shuiheng.reports.report_json import report_json

REPORT = half_year_report(half_year(), SIGNING)


def _text(report: Report) -> str:
    return "\n".join(line.text for line in front_lines(report))


def test_every_figure_of_the_prose_that_a_table_shows_is_the_same_figure() -> None:
    in_tables = {figure.key: figure for figure in table_figures(REPORT)}
    shared = [figure for figure in prose_figures(REPORT) if figure.key in in_tables]
    assert len({figure.key for figure in shared}) > 20
    assert all(in_tables[figure.key] == figure for figure in shared)


def test_no_digit_of_the_summary_stands_outside_a_figure_a_day_or_a_title() -> None:
    paragraph = REPORT.sections[0].paragraphs[0]
    loose = "".join(part for part in paragraph.parts if isinstance(part, str))
    assert not re.search(r"\d", re.sub(r"\d{4}年\d{1,2}月\d{1,2}日", "", loose))


def test_the_summary_counts_tasks_and_filings() -> None:
    text = _text(REPORT)
    assert (
        "截至2026年7月15日，纳入台账的任务共12项，其中已完成3项、按期推进5项、存在风险2项、已逾期1项、待报数据1项。"
        in text
    )
    assert "本期应报送单位5家，已报送4家，未报送1家。" in text


def test_a_target_is_said_with_its_demand_its_value_and_the_verdict_given() -> None:
    text = _text(REPORT)
    assert "全市用水总量：到2027年12月31日目标为不超过3.2亿立方米，本期为1.5123亿立方米，进度正常。" in text
    assert "公共供水管网漏损率：目标为不超过9%，本期为9.26%，进度滞后。" in text


def test_an_unknown_value_is_not_judged() -> None:
    assert "万元工业增加值用水量：到2027年12月31日目标为较2020年下降16%，本期暂无数据，暂不判断。" in _text(
        REPORT
    )


def test_a_value_that_nobody_judged_is_said_without_a_judgement() -> None:
    open_target = replace(TARGETS[1], verdict=TargetVerdict.UNKNOWN)
    text = _text(half_year_report(replace(half_year(), targets=(open_target,)), SIGNING))
    assert "公共供水管网漏损率：目标为不超过9%，本期为9.26%，暂不判断。" in text


def test_a_rule_that_is_a_sentence_stands_in_brackets_without_its_full_stop() -> None:
    late = replace(task(11, TaskStatus.LATE), reason="完成时限已过。")
    text = _text(half_year_report(replace(half_year(), tasks=(late,)), SIGNING))
    assert "已逾期56天（完成时限已过）。" in text


def test_what_is_late_names_its_unit_its_days_and_its_rule() -> None:
    assert (
        "推进第11批灌区节水改造（市水利局）：已逾期56天（完成时限已过且未填报完成）。配套资金尚未到位。"
        in _text(REPORT)
    )


def test_units_that_have_not_filed_are_named_with_the_days() -> None:
    assert "以下单位尚未报送：市城市管理局（逾期2天）。" in _text(REPORT)


def test_districts_stand_in_the_order_given_also_reversed() -> None:
    def order(progress: HalfYearProgress) -> list[str]:
        section = next(
            section
            for section in half_year_report(progress, SIGNING).sections
            if section.heading == "各地进展"
        )
        return [paragraph.text.split("：")[0] for paragraph in section.paragraphs]

    assert order(half_year()) == [district.name for district in DISTRICTS]
    reversed_order = replace(half_year(), districts=DISTRICTS[::-1])
    assert order(reversed_order) == [district.name for district in DISTRICTS[::-1]]


def test_the_report_of_a_whole_half_year_has_no_fault() -> None:
    assert [finding.code for finding in check_report(REPORT) if finding.severity is not Severity.NOTE] == []


def test_a_half_year_without_anything_is_a_report_that_says_so() -> None:
    empty = HalfYearProgress(plan_title="空", period=HALF, as_of=HALF.last)
    text = _text(half_year_report(empty, SIGNING))
    assert "本期没有列入台账的任务。" in text
    assert "本期没有逾期或存在风险的任务。" in text
    assert "附件" not in text


def test_line_breaks_of_a_form_do_not_break_the_paragraph() -> None:
    broken = replace(
        half_year(), tasks=(replace(task(1, TaskStatus.DONE), done="一、完成招标；\n二、已开工\n"),)
    )
    assert "一、完成招标；二、已开工。" in _text(half_year_report(broken, SIGNING))


@settings(max_examples=30, deadline=None)
@given(
    statuses=st.lists(st.sampled_from(TaskStatus), max_size=40),
    absent=st.integers(0, 5),
    values=st.lists(st.none() | st.decimals(0, 10**9, places=3), max_size=40),
)
def test_whatever_the_half_year_was_the_figures_agree(
    statuses: list[TaskStatus], absent: int, values: list[Decimal | None]
) -> None:
    tasks = tuple(
        replace(task(number, status), unit="m3", value=values[number - 1] if number <= len(values) else None)
        for number, status in enumerate(statuses, start=1)
    )
    missing = tuple(
        MissingFiling(unit=f"第{number}局", due_on=HALF.last, days_late=number) for number in range(absent)
    )
    units = ("市水利局", *(each.unit for each in missing))
    progress = replace(half_year(), tasks=tasks, missing=missing, filing_units=units)
    report = half_year_report(progress, SIGNING)
    barred = {finding.code for finding in check_report(report) if finding.severity is Severity.DISQUALIFY}
    assert barred == set()
    assert report_json(report)["figures"]["filing.missing" if absent else "filing.due"]


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_said_in_the_words_of_the_table(status: TaskStatus) -> None:
    report = half_year_report(replace(half_year(), tasks=(task(2, status),), missing=MISSING), SIGNING)
    table = report.annexes[0].tables[0]
    status_at = [column.key for column in table.columns].index("status")
    assert table.rows[0][status_at] in _text(report)
