"""Plans as lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.cli.plan_printing import demand, lint_lines, target_line
from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans import Operator, Plan, PlanHeader, SourceDocument, Target, TargetKind


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
    assert demand(_target(op=Operator.RANGE, value_max=Decimal(10))) == "9–10 %"
    assert demand(_target(kind=TargetKind.MILESTONE, value=None)) == "milestone"


def test_a_target_line_names_its_scope_and_deadline() -> None:
    line = target_line(_target(scope="云湖区", deadline=date(2027, 12, 31)))
    assert line == "x-T01  漏损率 [云湖区]  ≤ 9 %  2027-12-31"


def test_a_lint_line_counts_lines_of_the_text() -> None:
    document = SourceDocument(name="x", media_type="text/plain", text="一\n二\n三", blocks=())
    finding = Finding(
        code="services.empty_file", severity=Severity.WARN, subject="x", span=Span(4, 5), page=2
    )
    plan = Plan(document="x", header=PlanHeader(title="x"), findings=(finding,))
    assert lint_lines("x.txt", plan, document, language="en")[0].startswith(
        "x.txt:2:3: warn services.empty_file: The file holds nothing. / "
    )
    assert lint_lines("x.json", plan, None, language="en")[0].startswith("x.json:2:-: ")
