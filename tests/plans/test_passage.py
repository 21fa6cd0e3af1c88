"""Passages carry no units unless they are tasks."""

from __future__ import annotations

from plans.builders import document_of
from shuiheng.plans import PlanKnowledge
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.segment import segment


def test_only_tasks_carry_units() -> None:
    words = ["一、任务", "1.修管。（牵头单位：市城管局）", "二、保障", "加强领导。"]
    passages = segment(document_of(*words), PlanKnowledge()).passages
    assert {p.role for p in passages if p.units} == {PassageRole.TASK}
    assert any(p.role is PassageRole.BODY for p in passages)
