"""Every figure of a report has one Chinese name, and its value is what the page shows."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from shuiheng.adapters.workbooks import Share
from shuiheng.kernel.period import Period
from shuiheng.plans import Operator, TargetKind
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.model import Report, figures_of
from shuiheng.reports.progress import (
    Demand,
    DistrictProgress,
    HalfYearProgress,
    MissingFiling,
    TargetProgress,
    TargetVerdict,
    TaskProgress,
    TaskStatus,
)
from shuiheng.reports.signing import Signing
from shuiheng.services.report_cells import NamedValue, People, fill_values, report_cells

PEOPLE = People(maker="李青", made_on=date(2026, 7, 8))


def _target(key: int, name: str, value: str | None, *, unit: str, asked: str) -> TargetProgress:
    return TargetProgress(
        target_id=f"target:{key}",
        name=name,
        demand=Demand(kind=TargetKind.LEVEL, op=Operator.AT_MOST, value=Decimal(asked), unit=unit),
        verdict=TargetVerdict.UNKNOWN,
        value=None if value is None else Decimal(value),
    )


def _report(*targets: TargetProgress) -> Report:
    task = TaskProgress(
        task_id="task:7",
        name="改造灌区",
        path=("一、农业（节水）",),
        lead=("水利局",),
        status=TaskStatus.LATE,
        due_on=date(2026, 5, 31),
        value=Decimal("3.5"),
        unit="处",
    )
    progress = HalfYearProgress(
        plan_title="青禾市节水方案",
        period=Period(date(2026, 1, 1), date(2026, 6, 30)),
        as_of=date(2026, 7, 8),
        tasks=(task,),
        targets=targets,
        districts=(DistrictProgress(name="东关区", tasks=(task,), shares=targets[:1]),),
        missing=(MissingFiling(unit="住建局", due_on=date(2026, 7, 5), days_late=3),),
        filing_units=("水利局", "住建局"),
    )
    return half_year_report(progress, Signing(place="青禾市", signer="青禾市节水办"))


RATE = _target(1, "管网漏损率（全市）", "0.09254", unit="ratio", asked="0.1")
USE = _target(2, "用水总量", "320123456", unit="m3", asked="330000000")
UNKNOWN = _target(3, "再生水利用率", None, unit="ratio", asked="0.3")


def _by_name(report: Report) -> dict[str, NamedValue]:
    return {cell.name: cell for cell in report_cells(report, PEOPLE)}


def test_head_and_figures_stand_under_their_names() -> None:
    cells = _by_name(_report(RATE, USE, UNKNOWN))
    wanted = {
        "单位": "青禾市节水办",
        "报告期": "2026年上半年",
        "制表人": "李青",
        "审核人": None,
        "填报日期": date(2026, 7, 8),
        "任务_总数": Decimal(1),
        "任务_已逾期": Decimal(1),
        "应报送单位数": Decimal(2),
        "未报送单位数": Decimal(1),
        "任务T7_填报值": Decimal("3.5"),
        "任务T7_逾期": Decimal(38),
        "目标_管网漏损率_全市_本期值": Share(Decimal("0.0925")),
        "目标_再生水利用率_本期值": None,
        "章节_一_农业_节水_任务数": Decimal(1),
        "牵头单位_水利局_已逾期": Decimal(1),
        "地区_东关区_任务数": Decimal(1),
        "地区_东关区_管网漏损率_全市_要求": Share(Decimal("0.1")),
        "未报送_住建局_逾期": Decimal(3),
    }
    assert {name: cells[name].value for name in wanted} == wanted


def test_every_figure_of_the_report_has_one_name_that_a_spreadsheet_takes() -> None:
    report = _report(RATE, USE, UNKNOWN)
    cells = report_cells(report, PEOPLE)
    names = [cell.name.casefold() for cell in cells]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[^\W\d]\w{0,254}", cell.name) for cell in cells)
    figures = {figure.key for figure in figures_of(report)}
    assert len([cell for cell in cells if cell.part != "表头"]) == len(figures)


def test_two_targets_of_one_name_carry_their_keys() -> None:
    cells = _by_name(_report(RATE, _target(9, RATE.name, "0.08", unit="ratio", asked="0.09")))
    alike = [name for name in cells if name.startswith("目标_管网漏损率_全市_本期值")]
    assert alike == [
        "目标_管网漏损率_全市_本期值_target_target_1_value",
        "目标_管网漏损率_全市_本期值_target_target_9_value",
    ]


def test_further_names_give_multiples_and_the_words_of_the_page() -> None:
    values = fill_values(report_cells(_report(RATE, USE, UNKNOWN), PEOPLE))
    shown = values["目标_用水总量_本期值_文字"]
    assert shown == "3.2012亿立方米"
    assert values["目标_用水总量_本期值"] == Decimal("320120000")
    assert values["目标_用水总量_本期值_万"] == Decimal("32012")
    assert values["目标_用水总量_本期值_亿"] == Decimal("3.2012")
    assert values["目标_再生水利用率_本期值_文字"] == "暂无数据"
