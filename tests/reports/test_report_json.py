"""A report as JSON and back, and the id of its content."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.made_up import SIGNING, UNITS, half_year
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.reports import (
    Figure,
    Paragraph,
    Report,
    ReportKind,
    freeze,
    report_from_json,
    report_json,
    snapshot_id,
    verify_snapshot,
)
from shuiheng.reports.errors import AlteredReportError, ConflictingFigureError, UnsayableNumberError
from shuiheng.reports.half_year import half_year_report

REPORT = half_year_report(half_year(), SIGNING)
WORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF), max_size=12)
FIGURES = st.builds(
    Figure,
    key=st.just("k"),
    value=st.none()
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=12),
    unit=WORDS,
    shown=WORDS,
    sources=st.lists(WORDS, max_size=3).map(tuple),
)


def _report(*parts: str | Figure) -> Report:
    return Report(kind=ReportKind.NOTICE, title="题", place="青禾市", opening=(Paragraph(parts=parts),))


def test_a_report_reads_back_as_itself_through_text() -> None:
    frozen = freeze(REPORT, audit_root="sha256:ab")
    assert report_from_json(json.loads(json.dumps(report_json(frozen), ensure_ascii=False))) == frozen


@given(figure=FIGURES, words=WORDS)
def test_any_figure_keeps_its_exact_value(figure: Figure, words: str) -> None:
    report = _report(words, figure, words)
    read = report_from_json(json.loads(json.dumps(report_json(report))))
    assert read == report
    assert snapshot_id(read) == snapshot_id(report)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+61", "1E-61", "1" * 61])
def test_a_value_that_would_not_read_back_is_not_written(value: str) -> None:
    with pytest.raises(UnsayableNumberError):
        report_json(_report(Figure(key="a", value=Decimal(value), unit="m3", shown="1")))


def test_equal_numbers_give_one_id_however_they_are_written() -> None:
    def id_with(value: str) -> str:
        return snapshot_id(_report(Figure(key="a", value=Decimal(value), unit="%", shown="10%")))

    assert id_with("10") == id_with("10.00") == id_with("1E+1")
    assert id_with("10") != id_with("10.01")


def test_every_change_of_a_figure_or_word_changes_the_id() -> None:
    first = snapshot_id(REPORT)
    changed = [
        replace(REPORT, title="别的题目"),
        replace(REPORT, signer="别的单位"),
        replace(REPORT, annexes=REPORT.annexes[:-1]),
        half_year_report(replace(half_year(), filing_units=(*UNITS, "市教育局")), SIGNING),
    ]
    assert len({first, *map(snapshot_id, changed)}) == 5


def test_neither_the_id_nor_the_audit_root_is_part_of_the_content() -> None:
    frozen = freeze(REPORT, audit_root="one")
    assert freeze(frozen, audit_root="two").snapshot_id == frozen.snapshot_id == snapshot_id(REPORT)


def test_an_altered_report_is_known_by_its_id() -> None:
    frozen = freeze(REPORT, audit_root=None)
    verify_snapshot(frozen)
    with pytest.raises(AlteredReportError, match=r"reports\.altered"):
        verify_snapshot(replace(frozen, title="改过"))


def test_two_figures_under_one_key_are_refused() -> None:
    one = Figure(key="a", value=Decimal(1), unit="项", shown="1项")
    with pytest.raises(ConflictingFigureError, match="1项"):
        report_json(_report(one, replace(one, value=Decimal(2), shown="2项")))


def _broken() -> list[Any]:
    good = report_json(REPORT)
    return [
        (["format"], "shuiheng.report/9"),
        (["kind"], "poem"),
        (["title"], None),
        (["period"], ["2026-01-01"]),
        (["period"], ["2026-13-01", "2026-12-31"]),
        (["document_number"], "第十二号"),
        (["opening"], [[{"figure": "no.such"}]]),
        (["opening"], [[3]]),
        (["figures", next(iter(good["figures"])), "value"], 3),
        (["figures", next(iter(good["figures"])), "value"], "NaN"),
        (["figures", next(iter(good["figures"])), "value"], "1E+999999999"),
        (["annexes", 0, "is_landscape"], 1),
        (["annexes", 0, "tables", 0, "rows", 0], "text"),
    ]


@pytest.mark.parametrize(("path", "value"), _broken(), ids=lambda each: str(each)[:40])
def test_json_of_another_form_is_refused_with_its_place(path: list[Any], value: object) -> None:
    source = copy.deepcopy(report_json(REPORT))
    holder: Any = source
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    with pytest.raises(JsonFormatError, match=r"report\."):
        report_from_json(source)


def test_sections_without_end_are_refused() -> None:
    source = report_json(_report("甲"))
    deepest: dict[str, Any] = {"heading": "x", "paragraphs": [], "sections": []}
    for _ in range(50):
        deepest = {"heading": "x", "paragraphs": [], "sections": [deepest]}
    with pytest.raises(JsonFormatError, match="too deeply"):
        report_from_json({**source, "sections": [deepest]})
