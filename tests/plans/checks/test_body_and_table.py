"""Body and table must say the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from plans.checks.faulty import Case, body_and_rows, mention_differs
from plans.made import document_of, plan_of, task
from shuiheng.plans import UnitRule

FAMILY = (
    "plans.body_value_differs",
    "plans.body_number_differs",
    "plans.body_words_differ",
    "plans.body_without_row",
    "plans.row_without_body",
    "plans.sentence_has_several_leads",
)


def _family(case: Case) -> list[str]:
    return [each.code for each in case.findings() if each.code in FAMILY]


def test_rows_that_repeat_the_body_word_for_word_give_nothing() -> None:
    lines = ("加快老旧供水管网改造，新建供水管网100公里以上。", "推广节水器具，打造节水示范小区6个。")
    document = document_of(*lines, *lines)
    same = plan_of(*(task(document, line, number=i + 1, nth=1) for i, line in enumerate(lines)))
    assert _family(Case(same, document)) == []


def test_another_wording_is_told_with_both_sides() -> None:
    (found,) = body_and_rows().findings("plans.body_words_differ")
    assert dict(found.values) == {"body": "新改建供水管网100公里以上", "table": "新建供水管网100公里以上"}


def test_another_number_weighs_more_than_another_word() -> None:
    assert "plans.body_words_differ" not in _family(body_and_rows(body="120"))
    assert len(body_and_rows(body="120").findings("plans.body_number_differs")) == 1


def test_a_figure_that_the_compiler_found_is_told_once() -> None:
    found = _family(mention_differs())
    assert found.count("plans.body_value_differs") == 1
    assert "plans.body_number_differs" not in found


def test_an_equal_figure_of_the_body_gives_nothing() -> None:
    case = mention_differs()
    equal = replace(case.plan.mentions[0], value=Decimal(100))
    assert "plans.body_value_differs" not in _family(
        replace(case, plan=replace(case.plan, mentions=(equal,)))
    )


def test_a_list_that_no_row_takes_up_is_told() -> None:
    (found,) = body_and_rows().findings("plans.body_without_row")
    assert "领跑者" in found.evidence


def test_one_sentence_under_two_leads_is_told() -> None:
    (found,) = body_and_rows().findings("plans.sentence_has_several_leads")
    assert dict(found.values)["leads"] == "市水利局、市经信局"


def test_a_table_that_is_not_taken_from_the_body_is_left_alone() -> None:
    document = document_of("本方案由市政府印发，自印发之日起施行。", "建成节水示范小区6个。")
    assert _family(Case(plan_of(task(document, "建成节水示范小区6个。")), document)) == []


def test_a_plan_without_a_table_is_left_alone() -> None:
    case = body_and_rows()
    prose = tuple(replace(each, rule=UnitRule.BRACKET_LABELS) for each in case.plan.tasks)
    assert _family(replace(case, plan=replace(case.plan, tasks=prose))) == []
