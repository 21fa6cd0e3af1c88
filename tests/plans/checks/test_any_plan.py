"""Checks hold for any plan, however odd."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings

from plans.checks.faulty import CASES, KNOWN
from plans.plan_values import documents, plans
from shuiheng.adapters.rulebook import finding_texts
from shuiheng.plans import Plan, SourceDocument
from shuiheng.plans.checks import check_plan


@settings(max_examples=200)
@given(plan=plans, document=documents)
def test_any_plan_is_checked_without_an_error_and_twice_alike(plan: Plan, document: SourceDocument) -> None:
    found = check_plan(plan, document, KNOWN, as_of=date(2024, 6, 1))
    assert {each.code for each in found} <= set(finding_texts("zh"))
    assert check_plan(plan, document, KNOWN, as_of=date(2024, 6, 1)) == found


def test_findings_come_in_the_order_of_the_document() -> None:
    for case in CASES.values():
        starts = [each.span.start for each in case.findings() if each.span]
        assert starts == sorted(starts)
