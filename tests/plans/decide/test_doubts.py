"""What a person should look at first."""

from __future__ import annotations

from plans.made import document_of, plan_of, target, task
from shuiheng.kernel import Finding, Severity
from shuiheng.plans import Alternative
from shuiheng.plans.decide import open_doubts

DOCUMENT = document_of("漏损率9%，再生水30%，普及率100%，覆盖率80%")
OTHER = (Alternative(field="deadline", value="2019-12-31", reason="year_before"),)


def _finding(subject: str, severity: Severity) -> Finding:
    return Finding(code="plans.example", severity=severity, subject=subject)


def test_the_least_certain_item_comes_first_and_certain_ones_are_left_out() -> None:
    plan = plan_of(
        target(DOCUMENT, "漏损率9%", "漏损率", 9, number=1, confidence=0.7),
        target(DOCUMENT, "再生水30%", "再生水", 30, number=2, alternatives=OTHER),
        target(DOCUMENT, "普及率100%", "普及率", 100, number=3),
        target(DOCUMENT, "覆盖率80%", "覆盖率", 80, number=4, confidence=0.5),
    )
    assert [doubt.id for doubt in open_doubts(plan, [])] == ["900-T04", "900-T01", "900-T02"]


def test_a_warning_makes_a_doubt_and_a_note_does_not() -> None:
    plan = plan_of(task(DOCUMENT, "漏损率9%"), target(DOCUMENT, "再生水30%", "再生水", 30))
    findings = [_finding("900-001", Severity.WARN), _finding("900-T01", Severity.NOTE)]
    doubts = open_doubts(plan, findings)
    assert [(doubt.id, len(doubt.findings)) for doubt in doubts] == [("900-001", 1)]


def test_what_bars_publishing_comes_before_all_else() -> None:
    plan = plan_of(
        target(DOCUMENT, "漏损率9%", "漏损率", 9, number=1, confidence=0.3),
        target(DOCUMENT, "再生水30%", "再生水", 30, number=2),
    )
    doubts = open_doubts(plan, [_finding("900-T02", Severity.DISQUALIFY)])
    assert [doubt.id for doubt in doubts] == ["900-T02", "900-T01"]


def test_an_item_at_the_limit_of_certainty_is_no_doubt() -> None:
    plan = plan_of(target(DOCUMENT, "漏损率9%", "漏损率", 9, confidence=0.8))
    assert open_doubts(plan, []) == ()
