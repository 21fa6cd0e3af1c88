"""Titles are told from sentences, and say what follows them."""

from __future__ import annotations

import pytest

from shuiheng.kernel import Span
from shuiheng.plans.model import Heading
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.segment.headings import heading, is_title, role_under, stands_alone, title_and_rest
from shuiheng.plans.wording import squeeze


def role(*steps: str) -> PassageRole:
    return role_under(tuple(Heading(text=step, span=Span(0, 1)) for step in steps))


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("更新管网。年内完成100公里。", "更新管网", "年内完成100公里。"),
        ("加强领导，落实责任。健全机制。", "加强领导，落实责任", "健全机制。"),
        ("到2025年，建成20家。继续推进。", "", "到2025年，建成20家。继续推进。"),
        ("总体要求", "总体要求", ""),
        (
            "全面推进节水，水源、供水、用水、排水、回用各环节协调发展，效率稳步提高，机制逐步健全。其他。",
            "",
            None,
        ),
    ],
)
def test_a_title_sentence_is_cut_off(text: str, title: str, rest: str | None) -> None:
    found = title_and_rest(squeeze(text))
    assert (found[0].text, found[1].text) == (title, text if rest is None else rest)


def test_a_sentence_with_figures_is_no_heading() -> None:
    assert not stands_alone(squeeze("到2025年，漏损率降至8%以内。"))
    assert stands_alone(squeeze("深入推进工业节水。"))


def test_two_sentences_are_no_title() -> None:
    assert not is_title("更新管网。推进计量。")


def test_a_heading_is_printed_without_its_closing_mark() -> None:
    assert heading(squeeze("深入推进工业节水。")).text == "深入推进工业节水"


@pytest.mark.parametrize(
    "steps",
    [
        ("主要目标",),
        ("总体要求", "（三）总体目标"[3:]),
        ("总体要求和主要目标",),
        ("工作目标",),
        ("总体要求", "2025年目标"),
        ("规划目标", "水资源保障目标", "供水"),
        ("目标任务",),
        ("总体战略", "主要指标"),
    ],
)
def test_text_under_targets_is_general_targets(steps: tuple[str, ...]) -> None:
    assert role(*steps) is PassageRole.GENERAL_TARGETS


@pytest.mark.parametrize(
    "steps", [("总体要求", "指导思想"), ("总体要求", "基本原则"), ("指导思想和主要目标", "指导思想")]
)
def test_guiding_thought_is_preamble(steps: tuple[str, ...]) -> None:
    assert role(*steps) is PassageRole.PREAMBLE


def test_targets_of_a_past_period_are_no_targets() -> None:
    assert role("现状与形势", "“十三五”规划目标") is not PassageRole.GENERAL_TARGETS


@pytest.mark.parametrize("steps", [("重点任务", "农业节水"), ("实施目标考核",), ()])
def test_other_text_is_body(steps: tuple[str, ...]) -> None:
    assert role(*steps) is PassageRole.BODY
