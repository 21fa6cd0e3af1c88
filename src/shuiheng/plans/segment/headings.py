"""Headings: what is a title, what is a title with its sentence, what a title says."""

from __future__ import annotations

import re

from shuiheng.plans.model import Heading
from shuiheng.plans.passage import PassageRole
from shuiheng.plans.wording import Wording

LONGEST_TITLE = 60
LONGEST_LEAD_IN = 36

_FIGURES = re.compile(r"\d[\d.]*(?:%|％|万|亿|个|家|座|项|公里|立方|吨|亩)|(?:到|至)?20\d\d年(?:底|前|末|，)")
_SENTENCE = re.compile(r"[；;]|。.")
_TARGETS = re.compile(
    r"^(?:(?:主要|总体|工作|行动|发展|规划|约束性|预期性|创建|建设|具体|阶段性|阶段|量化|定性|年度|近期|中期|远期|远景|中远期|长期|分项|核心|任务|控制|管控|节水|减排|治理|整治|改革|攻坚|重点|主要预期|“?十[三四五六]五”?|20\d\d年)?"
    r"(?:和|与|及)?){0,3}(?:目标|指标)(?:任务|指标|要求|值|体系|定位|和指标|与指标|设定|（[^）]*）)?$"
)
_ENDS_IN_TARGETS = re.compile(r"(?:目标|目标任务|主要指标|发展指标)$")
_PAST = re.compile(
    r"现状|回顾|(?:工作|建设|治理|主要|节水|取得.{0,4})成效(?!评)|成效显著|成就|发展基础|工作基础|面临|形势|存在(?:的)?(?:主要)?问题|编制背景"
)
_PREAMBLE = re.compile(
    r"指导思想|基本原则|总体思路|工作思路|工作原则|编制依据|背景|重要意义|重大意义|总体要求|基本要求|工作要求|适用范围|总则"
)


def title_and_rest(words: Wording) -> tuple[Wording, Wording]:
    """Return the title sentence of an item and what follows; the title is empty when there is none.

    `实行总量控制。健全…` has a title; `到2025年，建成…。` is a sentence of its own.
    """
    text = words.text
    stop = text.find("。")
    if stop < 0 or stop == len(text) - 1:
        return (words, words.part(0, 0)) if stands_alone(words) else (words.part(0, 0), words)
    head = text[:stop]
    if (
        len(head) <= LONGEST_LEAD_IN
        and head.count("，") <= 2
        and is_title(head)
        and _FIGURES.search(head) is None
    ):
        return words.part(0, stop), words.part(stop + 1, len(words))
    return words.part(0, 0), words


def stands_alone(words: Wording) -> bool:
    """Return whether words on a line of their own are a heading and not a sentence with figures."""
    text = words.text
    if not is_title(text):
        return False
    is_sentence = text[-1] in "。；" and (len(text) > LONGEST_LEAD_IN or _FIGURES.search(text) is not None)
    return not is_sentence


def is_title(text: str) -> bool:
    """Return whether the words can stand as a heading: short and without a second sentence."""
    bare = text.rstrip("。：:")
    return 0 < len(bare) <= LONGEST_TITLE and _SENTENCE.search(text) is None and bare.count("，") <= 3


def heading(words: Wording) -> Heading:
    """Return the heading that these words print, without a closing mark."""
    end = len(words.text.rstrip("。：:；")) or len(words)
    return Heading(text=words.text[:end], span=words.span_of(0, end))


def tells_the_past(path: tuple[Heading, ...]) -> bool:
    """Return whether the text under these headings is on the present state or past results."""
    return any(_PAST.search(step.text) for step in path)


def role_under(path: tuple[Heading, ...]) -> PassageRole:
    """Return the part that running text under these headings has in the plan.

    Targets of a past period, told under headings on the present state, are no targets.
    """
    if tells_the_past(path):
        return PassageRole.PREAMBLE
    for depth, step in enumerate(reversed(path)):
        text = step.text
        if _TARGETS.match(text):
            return PassageRole.GENERAL_TARGETS
        if depth == 0 and _ENDS_IN_TARGETS.search(text):
            return PassageRole.GENERAL_TARGETS
        if _PREAMBLE.search(text):
            return PassageRole.PREAMBLE
    return PassageRole.BODY
