"""What kind of target a quantity makes, how it is compared, and whether the words ask for it."""

from __future__ import annotations

import re

from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.phrases import Phrase
from shuiheng.plans.extract.quantities import Quantity
from shuiheng.plans.model import Operator, TargetKind

COEFFICIENT = "系数"
SIZES = frozenset(
    {
        "年",
        "天",
        "日",
        "小时",
        "分钟",
        "个月",
        "工作日",
        "个工作日",
        "米",
        "厘米",
        "毫米",
        "层",
        "岁",
        "人",
        "倍",
    }
)
_COEFFICIENT_NOUN = re.compile(r"(?:系数|指数)$")
_DECLINE_NOUN = re.compile(r"(?:下降|降低|减少|削减|降幅|消减)(?:率|比例|幅度)?$")
_RISE_NOUN = re.compile(r"(?:增长|增速|增幅|提升幅度|提高)(?:率|比例)?$")
_HOLDING = re.compile(r"(?:保持|稳定在|维持|稳定保持)[^，]{0,2}$")
_ADDS = re.compile(r"新增|新建|新改扩建")
_LEARNED = re.compile(r"(?:经验|做法|模式)$")
_TELLS = re.compile(
    r"涉及|包括|包含|位于|现有|共有|拥有|目前|下辖|分为|组成|已(?!建|批|经审|纳|开工|有.{0,6}的)|超额|同比|据统计|其中已|投资|资金|占地"
)


def kind_of(quantity: Quantity, phrase: Phrase, *, metric: str) -> TargetKind:
    """Return the kind of target that a quantity makes with the phrase before it."""
    measure, verb = quantity.measure, phrase.verb
    if quantity.unit == "百分点":
        return TargetKind.REDUCTION if verb == "reducing" else TargetKind.INCREMENT
    if verb == "reducing" or (measure is Measure.RATE and _DECLINE_NOUN.search(metric)):
        return TargetKind.REDUCTION
    if verb == "raising" and (measure is Measure.RATE or not phrase.making):
        return TargetKind.INCREMENT
    if measure is Measure.RATE:
        return TargetKind.INCREMENT if _RISE_NOUN.search(metric) else TargetKind.LEVEL
    if measure is Measure.COUNT:
        return TargetKind.LEVEL if verb == "lowering" else TargetKind.COUNT
    return TargetKind.COUNT if phrase.making or _ADDS.search(metric) else TargetKind.LEVEL


def operator_of(quantity: Quantity, phrase: Phrase, *, before: str) -> Operator:
    """Return how the value is compared; `before` are the words in front of the quantity."""
    if quantity.is_range:
        return Operator.RANGE
    if quantity.op is not None:
        return quantity.op
    if quantity.is_approximate:
        return Operator.EQUAL
    if phrase.verb == "lowering":
        return Operator.AT_MOST
    if phrase.verb == "reaching" and not _HOLDING.search(before):
        return Operator.AT_LEAST
    return Operator.EQUAL


def unit_of_target(quantity: Quantity, *, metric: str) -> str | None:
    """Return the unit, 系数 for a bare number of a coefficient, or None when the number measures nothing."""
    if quantity.unit is not None:
        return quantity.unit
    return COEFFICIENT if _COEFFICIENT_NOUN.search(metric) else None


def is_asked_for(
    quantity: Quantity, phrase: Phrase, *, before: str, behind: str, is_governed: bool, in_list: bool
) -> bool:
    """Return whether the words set the value as something to reach, and do not only tell it.

    Args:
        quantity: The quantity.
        phrase: The phrase before it.
        before: Words from the start of the item to the quantity.
        behind: Words from the quantity to the end of the item.
        is_governed: Whether a deadline governs it.
        in_list: Whether it goes on with a list that sets values.
    """
    if _TELLS.search(before) and not is_governed:
        return False
    if re.search(r"涉及|分为|组成|投资|资金|融资|占地|是指|指的是", before) or _LEARNED.search(behind):
        return False
    evidence = phrase.verb is not None or quantity.op is not None or phrase.making or in_list
    has_noun = phrase.start < phrase.end or bool(phrase.places)
    if quantity.measure is Measure.RATE:
        if re.match(r"的?(?:节能|节水)?(?:设计)?标准", behind):
            return False
        return evidence or is_governed or (has_noun and not behind)
    if quantity.measure is Measure.COUNT:
        if has_noun and not behind:
            return evidence or is_governed
        return phrase.making or in_list or (quantity.op is not None and phrase.verb != "equalling")
    if quantity.measure is Measure.GRADE:
        return False
    if quantity.unit is None:
        return evidence
    if quantity.unit in SIZES:
        return (phrase.verb is not None or quantity.op is not None) and not behind.startswith("的")
    return (evidence or (has_noun and is_governed)) and not behind.startswith("范围")
