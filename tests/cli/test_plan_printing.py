"""Plans as lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shuiheng.cli.plan_printing import demand, lint_json, lint_lines, target_line
from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans import (
    Block,
    BlockKind,
    Cell,
    Operator,
    Plan,
    PlanHeader,
    SourceDocument,
    Target,
    TargetKind,
)


def _target(**fields: object) -> Target:
    base: dict[str, object] = {
        "id": "x-T01",
        "task": None,
        "quote": "漏损率控制在9%以内",
        "span": Span(0, 3),
        "metric": "漏损率",
        "kind": TargetKind.LEVEL,
        "op": Operator.AT_MOST,
        "value": Decimal(9),
        "unit": "%",
    }
    return Target(**(base | fields))  # type: ignore[arg-type]  # fields are given by name


def test_a_demand_is_sign_value_and_unit() -> None:
    assert demand(_target()) == "≤ 9 %"
    assert demand(_target(op=Operator.RANGE, value_max=Decimal(10))) == "9—10 %"
    assert demand(_target(kind=TargetKind.MILESTONE, value=None)) == "milestone"


def test_a_target_line_names_its_scope_and_deadline() -> None:
    line = target_line(_target(scope="云湖区", deadline=date(2027, 12, 31)))
    assert line == "x-T01  漏损率 [云湖区]  ≤ 9 %  2027-12-31"


def _plan(*findings: Finding) -> Plan:
    return Plan(document="x", header=PlanHeader(title="x"), findings=findings)


def _finding(subject: str = "document", **fields: object) -> Finding:
    base: dict[str, object] = {"code": "services.empty_file", "severity": Severity.NOTE, "span": Span(4, 5)}
    return Finding(subject=subject, **(base | fields))  # type: ignore[arg-type]  # fields are given by name


DOCUMENT = SourceDocument(name="x", media_type="text/plain", text="一\n二\n三", blocks=())


def test_a_lint_line_names_the_item_or_counts_lines_of_the_text() -> None:
    about_text = _finding(severity=Severity.WARN, page=2)
    line = lint_lines("x.txt", _plan(about_text), DOCUMENT, language="en")[0]
    assert line.startswith("x.txt:2:3: warn services.empty_file: The file holds nothing. / ")
    assert lint_lines("x.json", _plan(about_text), None, language="en")[0].startswith("x.json:2:-: ")
    item = lint_lines("x.txt", _plan(_finding("x-T01")), DOCUMENT, language="en")[0]
    assert item.startswith("x.txt:-:x-T01: note ")


def test_a_place_in_a_table_is_its_row() -> None:
    cells = tuple(Cell(row=row, column=0, span=Span(2 * row, 2 * row + 1)) for row in range(3))
    table = Block(kind=BlockKind.TABLE, span=Span(0, 5), cells=cells)
    document = replace(DOCUMENT, blocks=(table,))
    assert lint_lines("x", _plan(_finding()), document, language="en")[0].startswith("x:-:row3: ")


@pytest.mark.parametrize(("count", "lines"), [(3, 4), (4, 5), (9, 5)])
def test_a_note_that_comes_often_is_folded_with_its_count(count: int, lines: int) -> None:
    plan = _plan(*[_finding()] * count)
    printed = lint_lines("x", plan, DOCUMENT, language="en")
    assert len(printed) == lines
    assert printed[-1] == f"x: 0 warnings, {count} notes"
    assert (f"{count - 3} more of the same" in printed[-2]) == (count > 3)
    assert len(lint_lines("x", plan, DOCUMENT, language="en", is_complete=True)) == count + 1


def test_warnings_are_never_folded() -> None:
    plan = _plan(*[_finding(severity=Severity.WARN)] * 5)
    assert lint_lines("x", plan, DOCUMENT, language="zh")[-1] == "x: 5 项警告，0 项提示"
    assert len(lint_lines("x", plan, DOCUMENT, language="zh")) == 6


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "文件没有任何内容。"), ("en", "The file holds nothing.")]
)
def test_findings_as_json_carry_their_sentence(language: str, says: str) -> None:
    (found,) = lint_json(_plan(_finding()), language=language)
    assert (found["code"], found["sentence"]) == ("services.empty_file", says)
    assert found["remedy"]
