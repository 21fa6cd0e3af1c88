"""Figures of the half-year report, each made once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reports.made_up import DISTRICTS, MISSING, TARGETS, half_year, task
from shuiheng.plans import Operator, TargetKind
from shuiheng.reports.errors import InconsistentCountError
from shuiheng.reports.model import Paragraph
from shuiheng.reports.progress import Demand, TaskStatus
from shuiheng.reports.progress_figures import (
    days_late_figure,
    demand_parts,
    filing_figures,
    missing_figure,
    status_figures,
    status_parts,
    target_value_figure,
    task_figure,
)


def _words(demand: Demand) -> str:
    return Paragraph(parts=demand_parts(replace(TARGETS[0], demand=demand))).text


def test_counts_name_the_tasks_that_were_counted() -> None:
    figures = status_figures("tasks", half_year().tasks)
    assert figures["total"].shown == "12项"
    assert figures["late"].sources == ("qinghe-011",)
    assert sum(figures[status.value].value or 0 for status in TaskStatus) == figures["total"].value


def test_a_status_without_a_task_is_not_said_but_counted() -> None:
    figures = status_figures("district.南浦区", DISTRICTS[0].tasks)
    assert Paragraph(parts=status_parts(figures)).text == "共4项，其中已完成3项、按期推进1项"
    assert figures["late"].shown == "0项"


@pytest.mark.parametrize(
    ("demand", "words"),
    [
        (
            Demand(kind=TargetKind.LEVEL, op=Operator.AT_MOST, value=Decimal(320_000_000), unit="m3"),
            "不超过3.2亿立方米",
        ),
        (Demand(kind=TargetKind.LEVEL, op=Operator.AT_LEAST, value=Decimal(25), unit="%"), "不低于25%"),
        (Demand(kind=TargetKind.LEVEL, op=Operator.EQUAL, value=Decimal("0.65"), unit="系数"), "0.65"),
        (
            Demand(
                kind=TargetKind.REDUCTION, op=Operator.AT_LEAST, value=Decimal(16), unit="%", base_year=2020
            ),
            "较2020年下降16%",
        ),
        (
            Demand(kind=TargetKind.COUNT, op=Operator.RANGE, value=Decimal(12), upper=Decimal(15), unit="家"),
            "12家至15家",
        ),
        (Demand(kind=TargetKind.INCREMENT, value=Decimal(3), unit="个"), "每年新增3个"),
        (Demand(kind=TargetKind.MILESTONE, words="建成监测平台"), "建成监测平台"),
    ],
)
def test_a_demand_is_said_in_the_terms_of_its_kind(demand: Demand, words: str) -> None:
    assert _words(demand) == words


def test_a_task_that_asks_for_no_value_has_no_figure_and_one_that_does_is_unknown_not_zero() -> None:
    assert task_figure(task(1, TaskStatus.DONE)) is None
    unknown = task_figure(replace(task(3, TaskStatus.DONE), value=None))
    assert unknown is not None
    assert unknown.value is None
    assert target_value_figure(TARGETS[2]).value is None


@pytest.mark.parametrize(("as_of", "days"), [(date(2026, 5, 20), None), (date(2026, 5, 21), "1天")])
def test_a_task_is_late_from_the_day_behind_its_deadline(as_of: date, days: str | None) -> None:
    figure = days_late_figure(task(11, TaskStatus.LATE), as_of)
    assert (figure.shown if figure else None) == days


def test_units_that_filed_and_did_not_add_up_and_are_named() -> None:
    figures = filing_figures(half_year())
    assert [figures[key].shown for key in ("due", "filed", "missing")] == ["5家", "4家", "1家"]
    assert figures["missing"].sources == ("市城市管理局",)
    assert set(figures["filed"].sources) | set(figures["missing"].sources) == set(figures["due"].sources)
    assert missing_figure(MISSING[0]).sources == ("qinghe-012",)


@pytest.mark.parametrize("due", [(), ("市水利局",), ("市城市管理局", "市城市管理局")])
def test_a_missing_unit_that_did_not_have_to_file_and_a_unit_twice_are_refused(due: tuple[str, ...]) -> None:
    with pytest.raises(InconsistentCountError):
        filing_figures(replace(half_year(), filing_units=due))
