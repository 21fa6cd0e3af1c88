"""What the nouns say of themselves."""

from __future__ import annotations

from shuiheng.kernel import Finding, Severity, Span
from shuiheng.plans import Plan, PlanHeader, Task, UnitMention, UnitRole


def test_a_task_names_leads_and_joint_units_apart_and_in_order() -> None:
    units = tuple(
        UnitMention(name=name, role=role, span=Span(0, 1))
        for name, role in [
            ("甲局", UnitRole.LEAD),
            ("乙局", UnitRole.JOINT),
            ("各区", UnitRole.BOUND),
            ("丙局", UnitRole.JOINT),
        ]
    )
    task = Task(id="1", path=(), text="做", span=Span(0, 1), units=units)
    assert task.lead == ("甲局",)
    assert task.participants == ("乙局", "丙局")


def test_findings_are_put_in_without_touching_the_rest() -> None:
    plan = Plan(document="a.txt", header=PlanHeader(title="方案"))
    finding = Finding(code="plans.x", severity=Severity.NOTE, subject="document")
    assert plan.with_findings((finding,)).findings == (finding,)
    assert plan.with_findings((finding,)).with_findings(()) == plan
