"""Responsibility clauses say who leads and who joins."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.segment.outlines import document_of, joint, tasks_of
from shuiheng.kernel import Span
from shuiheng.plans.model import Convention, UnitRole, UnitRule
from shuiheng.plans.segment.clauses import ClauseReading, read_clause
from shuiheng.plans.segment.conventions import BEFORE_COMMA_IS_LEAD, FIRST_IS_LEAD, Practice
from shuiheng.plans.wording import squeeze

PLAIN = Practice()


def practice(code: str) -> Practice:
    return Practice((Convention(code=code, quote="", span=Span(0, 0)),))


def parts(reading: ClauseReading) -> tuple[list[str], list[str]]:
    lead = [unit.name for unit in reading.units if unit.role is UnitRole.LEAD]
    return lead, [unit.name for unit in reading.units if unit.role is UnitRole.JOINT]


@pytest.mark.parametrize(
    ("text", "lead", "joint", "rule"),
    [
        (
            "牵头单位：市水利局；参与单位：市财政局、市教育局",
            ["市水利局"],
            ["市财政局", "市教育局"],
            "bracket_labels",
        ),
        ("牵头单位：市水利局，配合单位：市财政局", ["市水利局"], ["市财政局"], "bracket_labels"),
        ("牵头部门：市水利局、市住建局", ["市水利局", "市住建局"], [], "bracket_labels"),
        ("牵头单位：市水利局；责任单位：市财政局", ["市水利局"], ["市财政局"], "bracket_labels"),
        ("责任单位：市水利局；配合单位：市财政局", ["市水利局"], ["市财政局"], "bracket_labels"),
        ("主办单位：市水利局；协办单位：市财政局", ["市水利局"], ["市财政局"], "bracket_labels"),
        (
            "主办：市水利局；协办：市财政局、市教育局",
            ["市水利局"],
            ["市财政局", "市教育局"],
            "bracket_labels",
        ),
        ("市水利局牵头，市财政局、市教育局配合", ["市水利局"], ["市财政局", "市教育局"], "bracket_leads"),
        (
            "市水利局、市住建局分别牵头，各区人民政府配合",
            ["市水利局", "市住建局"],
            ["各区人民政府"],
            "bracket_leads",
        ),
        (
            "省水利厅牵头，省财政厅、省教育厅等按职责分工负责",
            ["省水利厅"],
            ["省财政厅", "省教育厅"],
            "bracket_leads",
        ),
        (
            "市水利局牵头，各区人民政府，市财政局、市教育局配合",
            ["市水利局"],
            ["各区人民政府", "市财政局", "市教育局"],
            "bracket_leads",
        ),
        ("市水利局牵头、市财政局配合", ["市水利局"], ["市财政局"], "bracket_leads"),
        ("由市水利局会同市财政局负责", ["市水利局"], ["市财政局"], "bracket_leads"),
        ("市水利局牵头，会同市财政局、市教育局", ["市水利局"], ["市财政局", "市教育局"], "bracket_leads"),
        ("市水利局负责，市财政局配合", ["市水利局"], ["市财政局"], "bracket_leads"),
        ("市水利局牵头负责，市财政局协同推进", ["市水利局"], ["市财政局"], "bracket_leads"),
        ("责任单位：省水利厅牵头，省财政厅等按职责分工负责", ["省水利厅"], ["省财政厅"], "bracket_labels"),
        ("责任单位：市水利局（牵头）、市财政局", ["市水利局"], ["市财政局"], "bracket_leads"),
        (
            "水利部牵头，住房和城乡建设部、国家发展改革委参与",
            ["水利部"],
            ["住房和城乡建设部", "国家发展改革委"],
            "bracket_leads",
        ),
        ("市水利局、市住建局按职责分工负责", [], ["市水利局", "市住建局"], "bracket_shared"),
        ("省有关部门按职责分工负责", [], ["省有关部门"], "bracket_shared"),
        ("水利部、工业和信息化部等负责", [], ["水利部", "工业和信息化部"], "bracket_shared"),
        ("责任单位：市水利局，市住建局", [], ["市水利局", "市住建局"], "bracket_responsible"),
        ("配合单位：市水利局", [], ["市水利局"], "bracket_labels"),
    ],
)
def test_a_clause_is_read(text: str, lead: list[str], joint: list[str], rule: str) -> None:
    reading = read_clause(squeeze(text), PLAIN)
    assert (*parts(reading), reading.rule.value) == (lead, joint, rule)


def test_responsible_units_alone_keep_the_first_as_another_reading() -> None:
    reading = read_clause(squeeze("责任单位：市水利局、市住建局"), PLAIN)
    assert [(other.field, other.value, other.reason) for other in reading.alternatives] == [
        ("lead", "市水利局", "responsible_only")
    ]


def test_the_first_unit_leads_where_the_document_says_so() -> None:
    reading = read_clause(squeeze("责任单位：市水利局、市住建局"), practice(FIRST_IS_LEAD))
    assert (*parts(reading), reading.rule) == (["市水利局"], ["市住建局"], UnitRule.FIRST_IN_LIST)
    assert not reading.alternatives


def test_units_before_the_comma_lead_where_the_document_says_so() -> None:
    reading = read_clause(
        squeeze("责任单位：市水利局、市住建局，市财政局、市教育局"), practice(BEFORE_COMMA_IS_LEAD)
    )
    assert (*parts(reading), reading.rule) == (
        ["市水利局", "市住建局"],
        ["市财政局", "市教育局"],
        UnitRule.BEFORE_COMMA,
    )


def test_a_stated_lead_wins_over_the_convention() -> None:
    reading = read_clause(squeeze("市住建局、市水利局牵头，市财政局配合"), practice(FIRST_IS_LEAD))
    assert parts(reading) == (["市住建局", "市水利局"], ["市财政局"])


def test_a_convention_inside_the_clause_is_no_unit() -> None:
    reading = read_clause(
        squeeze("责任单位：市水利局、市住建局，列第一位的为牵头单位，下同"), practice(FIRST_IS_LEAD)
    )
    assert parts(reading) == (["市水利局"], ["市住建局"])


def test_a_note_that_binds_all_is_no_unit_of_the_clause() -> None:
    text = "责任单位：市水利局，各区人民政府，以下工作均需各区人民政府落实，不再列出"
    assert parts(read_clause(squeeze(text), PLAIN)) == ([], ["市水利局", "各区人民政府"])


def test_a_deadline_in_the_clause_is_read() -> None:
    reading = read_clause(squeeze("责任部门：水政处，完成期限：2024年6月底"), PLAIN)
    assert (parts(reading), reading.due, reading.due_text) == (
        ([], ["水政处"]),
        date(2024, 6, 30),
        "2024年6月底",
    )


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("市水利局牵头，市财政局配合，2025年6月底前完成", date(2025, 6, 30)),
        ("2025年底前，市水利局牵头，市财政局配合", date(2025, 12, 31)),
    ],
)
def test_a_deadline_between_the_commas_is_no_unit(text: str, due: date) -> None:
    reading = read_clause(squeeze(text), PLAIN)
    assert (parts(reading), reading.due) == ((["市水利局"], ["市财政局"]), due)


def test_a_leading_person_is_no_unit() -> None:
    assert parts(read_clause(squeeze("牵头领导：王某某；牵头单位：市水利局"), PLAIN)) == (["市水利局"], [])


def test_lines_of_their_own_are_recorded_as_such() -> None:
    reading = read_clause(
        squeeze("牵头单位：市水利局责任单位：各县（市、区）人民政府"), PLAIN, is_own_line=True
    )
    assert (*parts(reading), reading.rule) == (["市水利局"], ["各县（市、区）人民政府"], UnitRule.OWN_LINE)


@given(st.text(alphabet="市水利局财政、，；：牵头配合责任单位负责会同（）等", max_size=60))
def test_every_unit_stands_where_its_span_says(text: str) -> None:
    for unit in read_clause(squeeze(text), PLAIN).units:
        assert text[unit.span.start : unit.span.end].startswith(unit.name)


def test_a_leader_under_a_label_of_its_own_is_no_unit() -> None:
    lines = (
        "一、任务",
        "1.建设泵站。",
        "挂钩领导：李四",
        "责任单位：市水利局",
        "责任人：张三",
        "时间要求：2025年6月底前",
    )
    (task,) = tasks_of(document_of(*lines))
    assert (task.wording.text, joint(task), task.due) == ("建设泵站。", ["市水利局"], date(2025, 6, 30))
