"""The foot of the last page."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from adapters.exports.rendered import needs_office, pages_of, words_of
from reports.made_up import SIGNING, half_year
from shuiheng.adapters.exports.official_document import write_official_document
from shuiheng.adapters.exports.official_foot import foot_xml
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.reports import freeze
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.lines import Line, LineRole

FORM = load_official_form()
WIDTH = FORM.page.text_width_mm


def _height(*lines: Line) -> Decimal:
    found = re.search(r";height:([\d.]+)pt", foot_xml(lines, FORM, width_mm=WIDTH))
    assert found is not None
    return Decimal(found[1])


def _copies(words: str) -> Line:
    return Line(role=LineRole.COPIES, parts=(words,))


def test_a_foot_without_lines_is_an_empty_paragraph() -> None:
    assert "v:rect" not in foot_xml([], FORM, width_mm=WIDTH)


def test_the_box_grows_with_the_lines_that_the_copies_break_into() -> None:
    short = _height(_copies("抄送：市财政局。"))
    long = _height(_copies("抄送：" + "市财政局、" * 20))
    assert long - short >= 3 * FORM.text.imprint_pt


def test_copies_stand_between_two_rules_and_the_snapshot_does_not() -> None:
    snapshot = Line(role=LineRole.PROVENANCE, parts=("数据快照：sha256:1",))
    assert foot_xml([_copies("抄送：市财政局。")], FORM, width_mm=WIDTH).count('w:val="single"') == 2
    assert foot_xml([snapshot], FORM, width_mm=WIDTH).count('w:val="single"') == 0


@needs_office
@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_audit_root_is_printed_however_many_copies_there_are(count: int) -> None:
    copies = tuple(f"市第{number}委员会办公室" for number in range(count))
    bare = replace(half_year_report(half_year(), SIGNING), sections=(), annexes=(), copies_to=copies)
    report = freeze(bare, audit_root="sha256:" + "5a" * 32)
    last = words_of(pages_of(write_official_document(report, FORM))[-1])
    assert f"审计根：{report.audit_root}" in last
    assert copies[-1] in last
