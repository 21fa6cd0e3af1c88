"""What is wrong with a plan: contradictions, orphans, gaps, doubts; each as a finding.

In: a compiled plan, its document, what the rulebook knows, and the day of the check. Out:
findings in the order of the document. One file for each family; a check is named by what
must hold and returns nothing when it does. The sentences stand in
`rulebook/findings/plans.yaml` under the code of the finding.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from shuiheng.kernel import Finding
from shuiheng.plans.checks.body_and_table import check_body_agrees_with_table
from shuiheng.plans.checks.citations import check_cited_editions_are_in_force
from shuiheng.plans.checks.completeness import (
    check_amounts_are_measured,
    check_reductions_have_a_base_year,
    check_targets_have_a_deadline,
    check_targets_have_a_source_of_facts,
    check_targets_have_a_unit_of_measure,
    check_tasks_have_a_result,
)
from shuiheng.plans.checks.context import CheckContext
from shuiheng.plans.checks.contradictions import (
    check_equal_metrics_have_equal_values,
    check_later_targets_are_no_weaker,
    check_tasks_stand_once,
)
from shuiheng.plans.checks.conventions import check_notes_for_all_rows_are_seen
from shuiheng.plans.checks.conversion import check_text_is_whole
from shuiheng.plans.checks.deadlines import (
    check_dates_are_plain,
    check_deadlines_have_not_passed_since,
    check_deadlines_lie_ahead,
    check_ranges_are_plain,
)
from shuiheng.plans.checks.numbering import check_numbers_count_on
from shuiheng.plans.checks.owners import (
    check_general_targets_have_an_owner,
    check_tasks_have_one_lead,
    check_unit_lists_are_whole,
)
from shuiheng.plans.checks.shares import check_no_share_exceeds_its_total, check_shares_add_up
from shuiheng.plans.checks.units import (
    check_units_have_one_name,
    check_units_lead_something,
    check_units_of_the_text_have_a_part,
)
from shuiheng.plans.document import SourceDocument
from shuiheng.plans.knowledge import PlanKnowledge
from shuiheng.plans.model import Plan

CHECKS: tuple[Callable[[CheckContext], tuple[Finding, ...]], ...] = (
    check_shares_add_up,
    check_no_share_exceeds_its_total,
    check_equal_metrics_have_equal_values,
    check_later_targets_are_no_weaker,
    check_body_agrees_with_table,
    check_general_targets_have_an_owner,
    check_tasks_have_one_lead,
    check_unit_lists_are_whole,
    check_units_have_one_name,
    check_units_lead_something,
    check_units_of_the_text_have_a_part,
    check_targets_have_a_unit_of_measure,
    check_reductions_have_a_base_year,
    check_targets_have_a_deadline,
    check_targets_have_a_source_of_facts,
    check_tasks_have_a_result,
    check_amounts_are_measured,
    check_tasks_stand_once,
    check_cited_editions_are_in_force,
    check_deadlines_lie_ahead,
    check_deadlines_have_not_passed_since,
    check_dates_are_plain,
    check_ranges_are_plain,
    check_numbers_count_on,
    check_notes_for_all_rows_are_seen,
    check_text_is_whole,
)


def check_plan(
    plan: Plan, document: SourceDocument, knowledge: PlanKnowledge, *, as_of: date
) -> tuple[Finding, ...]:
    """Return everything that is wrong or doubtful about a plan, in the order of the document.

    Args:
        plan: A compiled plan.
        document: The document it was compiled from; findings point into its text.
        knowledge: Organisations, indicators and sources of the rulebook; empty is allowed.
        as_of: Day for which passed deadlines and newer editions are judged.
    """
    context = CheckContext(plan=plan, document=document, knowledge=knowledge, as_of=as_of)
    found = [finding for check in CHECKS for finding in check(context)]
    placed = enumerate(dict.fromkeys(found))
    ordered = sorted(placed, key=lambda pair: (pair[1].span.start if pair[1].span else -1, pair[0]))
    return tuple(finding for _, finding in ordered)


__all__ = ["CHECKS", "CheckContext", "check_plan"]
