"""Brackets that name who answers are told from all other brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.segment.brackets import clause_brackets, only_states_a_convention


def inner(text: str) -> list[str]:
    return [text[found.inner_start : found.inner_end] for found in clause_brackets(text)]


@pytest.mark.parametrize(
    "clause",
    [
        "牵头单位：市水利局；参与单位：市财政局",
        "责任单位：市水利局，配合单位：市财政局",
        "责任部门：水政处，完成期限：6月底",
        "完成时限：2025年底前",
        "市水利局牵头，市财政局、市教育局配合",
        "省水利厅、省住房城乡建设厅牵头，省财政厅等按职责分工负责",
        "市水利局、市住建局按职责分工负责",
        "市水利局牵头，市财政局、市教育局",
        "市水利局、市住建局共同牵头，市财政局、各县（区）人民政府等",
        "水利部、国家发展改革委等负责",
        "由市水利局会同市住建局负责",
        "市水利局、市住建局",
        "主办单位：市水利局；协办单位：各县（市、区）人民政府",
        "责任单位市水利局、市住建局",
        "责任单位：各区人民政府〈含开发区管委会，以下均需各区人民政府落实，不再列出〉",
        "市水利局牵头，市住建局参与，列第一位者为牵头单位，下同",
        "市水利局、市住建局，市财政局。逗号前为牵头单位，下同",
        "市水利局牵头，市财政局配合，2025年6月底前完成",
        "主办：市住建局；协办：市供水集团",
        "由数据局会同建设交通局负责",
        "住房城乡建设部、发展改革委",
        "人民银行、水利部、金融监管总局按职责分工负责",
        "水利部",
        "各有关部门、各县区政府按照职责分工负责",
    ],
)
@pytest.mark.parametrize("marks", ["（）", "()", "〔〕", "【】", "[]", "﹝﹞"])
def test_a_clause_in_any_bracket_is_found(clause: str, marks: str) -> None:
    assert inner(f"完善计量设施。{marks[0]}{clause}{marks[1]}") == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "完善计量设施（含远传水表）。",
        "任务见附件（附件1）",
        "推进县（市、区）水权交易。",
        "创建灌区（片）2个（省级1个）。",
        "实施方案（征求意见稿）",
        "再生水利用率达到25%（缺水城市30%以上）",
        "由市水利局负责统筹（具体办法另行制定）。",
        "（到2025年，由各地负责落实的项目建成100个）完成后验收。",
        "节水型单位（机关、学校、医院）",
        "全市规模以上企业（含园区内企业）全部纳入监管",
    ],
)
def test_other_brackets_are_left_alone(text: str) -> None:
    assert inner(text) == []


def test_several_clauses_of_one_paragraph_are_found_in_order() -> None:
    text = "建设管网。（责任单位：市住建局）完善计量（含水表）。（责任单位：市水利局）"
    assert inner(text) == ["责任单位：市住建局", "责任单位：市水利局"]


def test_a_missing_closing_bracket_ends_with_the_paragraph() -> None:
    assert inner("建设管网。（责任单位：市住建局、各县（市、区）人民政府") == [
        "责任单位：市住建局、各县（市、区）人民政府"
    ]


def test_a_list_of_units_behind_a_sentence_is_a_clause_whatever_follows() -> None:
    assert inner("完成改造。（市水利局、市住建局）青川市人民政府") == ["市水利局、市住建局"]


def test_a_list_of_units_inside_a_sentence_is_no_clause() -> None:
    assert inner("有关部门（市水利局、市住建局）要加强协作，形成合力。") == []


@given(st.text(alphabet="（）()〔〕牵头责任单位：市水利局、负责。，；a", max_size=120))
def test_brackets_never_overlap_and_stay_inside(text: str) -> None:
    at = 0
    for found in clause_brackets(text):
        assert at <= found.start < found.inner_end <= found.end <= len(text)
        at = found.end


@pytest.mark.parametrize("words", ["带★的为牵头单位，下同", "列第一位的为牵头单位", "以下任务不再列出"])
def test_a_bracket_may_only_say_how_to_read_the_others(words: str) -> None:
    assert only_states_a_convention(words)


@pytest.mark.parametrize(
    "words", ["市水利局、市财政局。逗号前为牵头单位，下同", "责任单位：市水利局，下同", "含县级市"]
)
def test_a_bracket_with_units_or_other_words_says_more(words: str) -> None:
    assert not only_states_a_convention(words)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("推广节水器具。市水利局牵头，市财政局、市住建局配合。", "市水利局牵头，市财政局、市住建局配合"),
        ("推广节水器具。由市水利局牵头，各县（区）人民政府参与。", "由市水利局牵头，各县（区）人民政府参与"),
        ("推广节水器具。——市水利局牵头，市财政局配合", "市水利局牵头，市财政局配合"),
        (
            "推广节水器具。市水利局牵头，市财政局、市住建局按职责分工负责。",
            "市水利局牵头，市财政局、市住建局按职责分工负责",
        ),
    ],
)
def test_a_last_sentence_that_only_assigns_is_a_clause(text: str, clause: str) -> None:
    assert inner(text) == [clause]


@pytest.mark.parametrize(
    "text",
    [
        "推广节水器具。市水利局牵头建立机制，市财政局配合。",
        "推广节水器具。市水利局牵头，建立协调机制，市财政局配合。",
        "市水利局牵头，市财政局配合。推广节水器具。",
        "推广节水器具。各部门要密切配合。",
    ],
)
def test_a_sentence_that_also_says_what_to_do_is_no_clause(text: str) -> None:
    assert inner(text) == []
