"""Figures on the page lead to their sources; a source that has no page is shown as it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from shuiheng.reports import Annex, Figure, Paragraph, Report, ReportKind
from shuiheng.web.pages.reports.sheets import figures, front, source_address

ONE = Figure(key="a", value=Decimal(3), unit="项", shown="3项", sources=("progress:7",))
MANY = Figure(key="b", value=Decimal(2), unit="项", shown="2项", sources=("progress:7", "reading:1"))
REPORT = Report(
    kind=ReportKind.HALF_YEAR,
    title="报告",
    place="青禾市",
    opening=(Paragraph(parts=("完成", ONE, "和", MANY, "。")),),
)


def test_a_figure_with_one_source_leads_there() -> None:
    body = front(REPORT)[1]
    assert [part.text for part in body.parts] == ["完成", "3项", "和", "2项", "。"]
    assert [bool(part.address) for part in body.parts] == [False, True, False, False, False]


def test_every_figure_is_listed_once_with_its_sources() -> None:
    listed = {figure.key: [bool(address) for _, address in sources] for figure, sources, _ in figures(REPORT)}
    assert [again.is_same for _, _, again in figures(REPORT)] == [False, True]  # 3 of one source
    assert listed == {"a": [True], "b": [True, False]}


@pytest.mark.parametrize("source", ["reading:1", "task:x", "task", "", "progress:"])
def test_a_source_without_a_page_has_no_address(source: str) -> None:
    assert source_address(source) == ""


def test_the_list_of_annexes_begins_with_its_word() -> None:
    listed = front(replace(REPORT, annexes=(Annex(title="甲"), Annex(title="乙"))))[-2:]
    assert ["".join(part.text for part in line.parts) for line in listed] == ["附件：1.甲", "2.乙"]
