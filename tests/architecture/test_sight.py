"""Every query on behalf of a person goes through `scope`: no page asks a table by itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from architecture.sources import Module, modules

DIRECT = {"objects", "_default_manager", "_base_manager"}
PART = "parts of rows that are in sight: prefetched, or asked for by EXISTS on them"
FOUND = "takes a row that its caller found in sight"
NOBODY = "for services and commands, before it is known on whose behalf"
ASKED = "narrows a query that was made with sight"
WORDS = "makes words only"
# Functions of queries_* that ask a table by itself or take no `seen`, with the reason why nothing is shown.
WITHOUT_SIGHT = {
    "queries_api.api_plans": PART,
    "queries_api.api_tasks": PART,
    "queries_api.helping": ASKED,
    "queries_cases.holding_on": FOUND,
    "queries_cases.is_late": FOUND,
    "queries_cases.read_whole": FOUND,
    "queries_chasing.missing_reports": PART,
    "queries_chasing.period_name": WORDS,
    "queries_coordination.meeting_at": PART,
    "queries_fact_counts.parts_together": ASKED,
    "queries_figures.figures_to_look_at": PART,
    "queries_items._unit_named": PART,
    "queries_items.duties": PART,
    "queries_items.targets": PART,
    "queries_items.tasks": PART,
    "queries_organisations.changes_of": FOUND,
    "queries_organisations.named": PART,
    "queries_organisations.names_in": FOUND,
    "queries_organisations.people_of": FOUND,
    "queries_people.account_with_key": NOBODY,
    "queries_people.city_named": NOBODY,
    "queries_plans.account_named": NOBODY,
    "queries_plans.carriable_decisions": FOUND,
    "queries_plans.decisions_of": FOUND,
    "queries_plans.job_at": PART,
    "queries_plans.jobs_of": PART,
    "queries_plans.recent_events": PART,
    "queries_progress.reporting_organisations": PART,
    "queries_register._has": PART,
    "queries_register._live_parts": PART,
    "queries_register._live_shares": PART,
    "queries_register._of_units": PART,
    "queries_register.annual_plan_at": PART,
    "queries_register.comments_of": FOUND,
    "queries_register.events_of": FOUND,
    "queries_register.former_parts": FOUND,
    "queries_register.register_units": PART,
    "queries_register.targets_of": FOUND,
    "queries_register.task_at": PART,
    "queries_reports.report_rows": PART,
}


def _asks_directly(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Attribute) and node.attr in DIRECT for node in ast.walk(tree))


def _queries() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield the functions of the query modules by `module.function`."""
    for module in modules():
        if module.name.startswith("adapters/records/queries_"):
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef):
                    yield f"{module.path.stem}.{node.name}", node


def _takes_sight(node: ast.FunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "seen"


def _asking(chosen: list[Module]) -> list[str]:
    return [module.name for module in chosen if _asks_directly(module.tree)]


def test_no_module_of_the_site_asks_a_table_by_itself() -> None:
    assert not _asking([module for module in modules() if module.room == "web"])


def test_every_query_takes_what_its_reader_may_see() -> None:
    unseen = {
        name
        for name, node in _queries()
        if (not _takes_sight(node) and not node.name.startswith("_")) or _asks_directly(node)
    }
    assert unseen - WITHOUT_SIGHT.keys() == set(), "take `seen` first, or say here why nothing is shown"


def test_no_exception_outlives_its_query() -> None:
    assert not WITHOUT_SIGHT.keys() - {name for name, _ in _queries()}


def test_a_page_that_asks_a_table_would_be_found() -> None:
    tree = ast.parse("def page(request):\n    return PlanDocument.objects.all()\n")
    assert _asks_directly(tree) and not _asks_directly(ast.parse("seen(PlanDocument).all()"))
