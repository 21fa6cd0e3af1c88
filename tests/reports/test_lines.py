"""The lines of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.made_up import SIGNING, half_year
from shuiheng.reports import Annex, Paragraph, Report, ReportKind, Section, freeze
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.lines import DRAFT_WORDS, LineRole, annex_lines, foot_lines, front_lines

REPORT = half_year_report(half_year(), SIGNING)


def _nested(depth: int) -> Section:
    return Section(heading=f"层{depth}", sections=(_nested(depth + 1),) if depth < 5 else ())


def test_the_parts_stand_in_the_order_of_the_form() -> None:
    roles = list(dict.fromkeys(line.role for line in front_lines(replace(REPORT, letterhead="青禾市文件"))))
    assert roles == [
        LineRole.LETTERHEAD,
        LineRole.NUMBER,
        LineRole.TITLE,
        LineRole.ADDRESSEES,
        LineRole.BODY,
        LineRole.HEADING,
        LineRole.ANNEX_NOTE,
        LineRole.SIGNER,
        LineRole.DAY,
        LineRole.CONTACT,
    ]


def test_headings_are_numbered_by_their_level_and_the_fifth_is_body() -> None:
    report = Report(kind=ReportKind.NOTICE, title="题", place="", sections=(_nested(1), _nested(2)))
    lines = [line for line in front_lines(report) if "层" in line.text]
    assert [line.text for line in lines[:5]] == ["一、层1", "（一）层2", "1.层3", "（1）层4", "层5"]
    assert [line.role for line in lines[3:5]] == [LineRole.HEADING, LineRole.BODY]
    assert lines[5].text == "二、层2"


@pytest.mark.parametrize(("count", "note", "mark"), [(1, "清单", "附件"), (2, "1.清单", "附件1")])
def test_annexes_are_numbered_only_when_there_are_several(count: int, note: str, mark: str) -> None:
    annex = Annex(title="清单", paragraphs=(Paragraph(parts=("说明。",)),))
    report = replace(REPORT, annexes=(annex,) * count)
    notes = [line.text for line in front_lines(report) if line.role is LineRole.ANNEX_NOTE]
    assert notes[0] == note
    lines = list(annex_lines(annex, number=1, count=count))
    assert [line.text for line in lines] == [mark, "清单", "说明。"]


def test_the_foot_shows_the_snapshot_and_the_root_or_says_that_it_is_a_draft() -> None:
    assert [line.text for line in foot_lines(replace(REPORT, copies_to=()))] == [DRAFT_WORDS]
    frozen = freeze(REPORT, audit_root="sha256:77")
    copies, snapshot, root = foot_lines(frozen)
    assert copies.text == "抄送：市财政局、市统计局。"
    assert snapshot.text == f"数据快照：{frozen.snapshot_id}"
    assert root.text == "审计根：sha256:77"
