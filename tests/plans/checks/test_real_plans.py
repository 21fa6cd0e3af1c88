"""What careful reading found in the labelled real plans is found, and what only looks wrong is not."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date

import pytest

from places import SHARED, needs_real_plans
from plans.checks.gold_plans import gold_plan
from shuiheng.adapters.documents import read_document
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.kernel import Finding, Severity
from shuiheng.plans.checks import check_plan
from shuiheng.plans.checks.context import task_words
from shuiheng.plans.compiler import compile_plan

pytestmark = [needs_real_plans, pytest.mark.real_plans]
ALL = ("000", "001", "002", "003", "004")


def _found(number: str, *codes: str) -> list[Finding]:
    plan, document = gold_plan(number)
    found = check_plan(plan, document, load_knowledge(), as_of=date(2024, 6, 1))
    return [each for each in found if not codes or each.code in codes]


def test_the_two_sums_that_do_not_add_up_are_the_only_ones() -> None:
    sums = {number: _found(number, "plans.shares_do_not_add") for number in ALL}
    assert [(each.subject, dict(each.values)["sum"]) for each in sums.pop("003")] == [
        ("003-T26", "14家"),
        ("003-T38", "11家"),
    ]
    assert not any(sums.values())


def test_the_superseded_standard_is_named_with_its_successor() -> None:
    (found,) = _found("003", "plans.edition_replaced_since")
    assert "12452-2022" in dict(found.values)["newer"]


def test_body_and_annex_are_held_against_each_other() -> None:
    words = [each.evidence for each in _found("002", "plans.body_words_differ")]
    assert len(words) == 4
    assert any("新改建" in each for each in words)
    assert any("省级以上" in each and "国家级及省级" in each for each in words)
    assert any("300个" in each for each in words)
    assert any("7座" in each for each in words)
    (alone,) = _found("002", "plans.body_without_row")
    assert "节水型城市" in alone.evidence
    assert not _found("002", "plans.body_number_differs", "plans.body_value_differs")


def test_the_clause_on_losses_falls_to_two_leads() -> None:
    split = [dict(each.values)["rows"] for each in _found("002", "plans.sentence_has_several_leads")]
    rows = {task.id: task_words(task) for task in gold_plan("002")[0].tasks}
    assert f"{rows['002-021']}、{rows['002-022']}" in split


@pytest.mark.parametrize(("number", "count"), [("000", 0), ("001", 0), ("002", 5), ("003", 0), ("004", 6)])
def test_main_targets_without_an_owner_are_named_once_for_each_metric(number: str, count: int) -> None:
    assert len(_found(number, "plans.target_without_owner")) == count


def test_the_row_that_only_the_annex_has_is_found() -> None:
    assert "004-028" in [each.subject for each in _found("004", "plans.row_without_body")]


def test_the_jump_in_the_numbering_is_the_only_one() -> None:
    jumps = {number: _found(number, "plans.number_jumps", "plans.number_comes_twice") for number in ALL}
    assert [each.evidence[:3] for each in jumps.pop("000")] == ["（五）"]
    assert not any(jumps.values())


def test_the_ambiguous_dates_are_the_three_of_one_plan() -> None:
    dates = {number: _found(number, "plans.date_is_ambiguous") for number in ALL}
    assert [each.subject for each in dates.pop("001")] == ["001-T03", "001-T04", "001-T12"]
    assert not any(dates.values())


def test_leftovers_of_conversion_are_found_in_one_plan() -> None:
    codes = ("plans.foreign_word_left", "plans.word_comes_twice", "plans.characters_are_broken")
    found = {number: [each.code for each in _found(number, *codes)] for number in ALL}
    assert found.pop("002") == ["plans.foreign_word_left", "plans.word_comes_twice", "plans.word_comes_twice"]
    assert not any(found.values())


def test_spellings_of_one_unit_are_gathered() -> None:
    spelled = {number: _found(number, "plans.unit_spelled_differently") for number in ALL}
    assert [dict(each.values)["count"] for each in spelled["003"]] == ["3"]
    assert [each.evidence for each in spelled["002"]] == ["自然资源和规划局、自然资源局"]


@pytest.mark.parametrize("number", ALL)
def test_caps_that_rise_and_thresholds_that_overlap_are_no_fault(number: str) -> None:
    assert not _found(number, "plans.values_contradict", "plans.later_target_is_weaker")


def test_warnings_are_few() -> None:
    counts = {n: sum(each.severity is not Severity.NOTE for each in _found(n)) for n in ALL}
    assert counts == {"000": 1, "001": 3, "002": 5, "003": 2, "004": 6}


def test_checking_a_plan_takes_well_under_a_second() -> None:
    plan, document = gold_plan("002")
    started = time.process_time()
    check_plan(plan, document, load_knowledge(), as_of=date(2024, 6, 1))
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_the_compiler_leads_to_the_same_findings_in_every_form(form: str) -> None:
    folder = SHARED / "plans" / ("" if form == "txt" else form)
    codes: dict[str, Counter[str]] = {}
    for path in sorted(folder.glob(f"00?_*.{form}")):
        document = read_document(path.read_bytes(), name=path.name)
        plan = compile_plan(document, load_knowledge(), as_of=date(2024, 6, 1))
        codes[path.name[:3]] = Counter(finding.code for finding in plan.findings)
    assert codes["001"]["plans.date_is_ambiguous"] == 3
    assert codes["001"]["plans.note_binds_all_rows"] == 1
    assert codes["002"]["plans.target_without_owner"] == 5
    assert codes["002"]["plans.body_words_differ"] == 4
    assert codes["002"]["plans.body_without_row"] == 1
    assert codes["003"]["plans.shares_do_not_add"] == 2
    assert codes["003"]["plans.edition_replaced_since"] == 1
    assert codes["004"]["plans.target_without_owner"] == 6
    assert sum(count["plans.shares_do_not_add"] for count in codes.values()) == 2
    assert not any(count["plans.values_contradict"] for count in codes.values())
    assert not any(count["plans.later_target_is_weaker"] for count in codes.values())
