"""Sentences by which a document says how it is to be read."""

from __future__ import annotations

import pytest

from shuiheng.kernel import Span
from shuiheng.plans.model import UnitMention, UnitRole
from shuiheng.plans.segment.conventions import (
    BEFORE_COMMA_IS_LEAD,
    BINDS_UNITS,
    FIRST_IS_LEAD,
    Practice,
    conventions_in,
    without_conventions,
)
from shuiheng.plans.wording import squeeze


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("注：列第一位的为牵头单位", FIRST_IS_LEAD),
        ("（排在第一位的为牵头单位，下同）", FIRST_IS_LEAD),
        ("责任单位中排名第一的为牵头单位。", FIRST_IS_LEAD),
        ("列首位的单位为牵头单位", FIRST_IS_LEAD),
        ("第一个单位为牵头单位", FIRST_IS_LEAD),
        ("逗号前为牵头单位，下同", BEFORE_COMMA_IS_LEAD),
        ("首个逗号前的单位为牵头单位", BEFORE_COMMA_IS_LEAD),
    ],
)
def test_a_convention_on_the_lead_is_known(text: str, code: str) -> None:
    assert [found.code for found in conventions_in(squeeze(text))] == [code]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("注：以上各项任务均需各县（市）区人民政府参照落实。", ("各县（市）区人民政府",)),
        ("以下任务均需各市政府落实，不再列出", ("各市政府",)),
        (
            "所有工作由各辖市、区人民政府、青川经开区管委会具体落实。",
            ("各辖市、区人民政府", "青川经开区管委会"),
        ),
        ("各项工作均需州人民政府组织，县人民政府落实，以下不再列出", ("州人民政府", "县人民政府")),
        ("以下均需各县（市、区）政府（管委会）落实，不再一一列出", ("各县（市、区）政府（管委会）",)),
        (
            "注：附表所列事项，各乡镇人民政府、云岭经开区管委会参照落实。",
            ("各乡镇人民政府", "云岭经开区管委会"),
        ),
    ],
)
def test_a_note_binds_its_units(text: str, units: tuple[str, ...]) -> None:
    found = conventions_in(squeeze(text))
    assert [(one.code, one.units) for one in found] == [(BINDS_UNITS, units)]


@pytest.mark.parametrize(
    "text",
    [
        "各地要按照以上要求抓好落实。",
        "所有新建项目由专业机构实施改造。",
        "市水利局为牵头单位。",
        "以上问题需进一步研究，明确责任，推动任务落实。",
    ],
)
def test_other_sentences_are_no_conventions(text: str) -> None:
    assert conventions_in(squeeze(text)) == ()


def test_the_words_of_a_clause_are_left_without_the_convention() -> None:
    words = squeeze("市水利局、市财政局，列第一位的为牵头单位，下同")
    assert without_conventions(words).text == "市水利局、市财政局"


def test_a_note_inside_the_bracket_of_a_unit_leaves_the_unit_whole() -> None:
    words = squeeze("各区人民政府〈含开发区管委会，以下任务均需各区人民政府落实，不再列出〉")
    assert without_conventions(words).text == "各区人民政府〈含开发区管委会〉"


def test_bound_units_are_added_once_and_not_beside_themselves() -> None:
    found = conventions_in(squeeze("以上任务均需各区人民政府、各县人民政府落实"))
    own = UnitMention(name="各区人民政府", role=UnitRole.JOINT, span=Span(0, 6))
    bound = Practice((*found, *found)).bound_units((own,))
    assert [(unit.name, unit.role) for unit in bound] == [("各县人民政府", UnitRole.BOUND)]
