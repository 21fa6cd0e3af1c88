"""What kind of target a quantity makes, how it is compared, and whether the words ask for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.phrases import Phrase
from shuiheng.plans.extract.quantities import Quantity
from shuiheng.plans.extract.recurrence import TIMES, is_annual_count
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
_COEFFICIENT_NOUN = re.compile(r"(?:系数|指数|倍数|倍率|利用效率|比值|PUE|PUE值)$")
_DECLINE_NOUN = re.compile(r"(?:下降|降低|减少|削减|降幅|消减)(?:率|比例|幅度)?$")
_RISE_NOUN = re.compile(r"(?:增长|增速|增幅|提升幅度|提高)(?:率|比例)?$")
_AFTER_CHANGE = re.compile(r"[^，]{0,12}(?:改造|更新|治理|实施)后")
_HOLDING = re.compile(r"(?:保持|稳定在|维持|稳定保持)[^，]{0,2}$")
_RISES_TO = re.compile(r"(?:提高|提升|增加|增长|上升|扩大|增)[到至]$")
_ADDS = re.compile(r"新增|新建|新改扩建|新开工")
_DONE = re.compile(
    r"(?:资源化利用|综合利用|回收|消纳|处置|压采|封山育林|造林|抚育|营造|压减|削减|退减|修复|整治|治理|交付|开工|竣工)"
    r"(?!率|比例|占比|水平)"
)
_AMOUNTS = frozenset({"吨", "千克", "公斤", "吨标准煤", "千瓦时", "升"})
_STOCK = re.compile(r"(?:规模|能力|总量|总数|数量)$")
_LEARNED = re.compile(r"(?:经验|做法|模式)$")
_FACT = re.compile(
    r"涉及|惠及|分为|组成|投资(?!项目|建设)|融资|占地|是指|指的是|奖补|补助|奖励|罚款|补贴|已(?:由|经|达|完成|建成(?!的)|累计|实现|提高|降)"
)
_SITING = re.compile(r"的(?:标准|要求|密度|间距)")
_ALL = 100
_DO = re.compile(
    r"(?:全部)?(?:安装|为|实现|完成|纳入|建成|采用|使用|配备|配套|达标|接入|执行|落实|通过|取得)"
)
PER_MEASURE = re.compile(
    r"每(?:[百千万]?(?:公里|千米|平方米|平方公里|立方米|亩|吨)|[百千万](?:人|户|名|家))$"
)
_USED = re.compile(r"(?:利用|依托|盘活)[^，。；]{0,40}$")
_BUILT_UPON = re.compile(r"(?:建设|发展|布局|开展|安装|实施|推广)")
_STANDARD = re.compile(r"的?(?:节能|节水)?(?:设计)?标准")
_RANGE = re.compile(r"范围")
_TELLS = re.compile(
    r"涉及|包括|包含|位于|现有|共有|拥有|目前|下辖|分为|组成|已(?!建|批|"
    r"经审|纳|开工|有.{0,6}的)|超额|同比|据统计|其中已|投资(?!项目|建设)|占地"
)


def kind_of(quantity: Quantity, phrase: Phrase, *, metric: str) -> TargetKind:
    """Return the kind of target that a quantity makes with the phrase before it."""
    if quantity.unit == "百分点":
        return TargetKind.REDUCTION if phrase.verb == "reducing" else TargetKind.INCREMENT
    if quantity.measure is Measure.RATE:
        return _kind_of_rate(phrase, metric)
    if phrase.verb == "reducing":
        return TargetKind.REDUCTION
    if PER_MEASURE.search(metric):
        return TargetKind.LEVEL
    if quantity.measure is Measure.COUNT:
        is_held = phrase.verb == "lowering" or (phrase.verb == "reaching" and _STOCK.search(metric))
        return TargetKind.LEVEL if is_held and not phrase.making else TargetKind.COUNT
    return _kind_of_amount(quantity, phrase, metric)


def _kind_of_rate(phrase: Phrase, metric: str) -> TargetKind:
    """Return the kind of a share; a rise that a work brings about (改造后) is a level."""
    if phrase.verb == "reducing" or _DECLINE_NOUN.search(metric):
        return TargetKind.REDUCTION
    rises = phrase.verb == "raising" or _RISE_NOUN.search(metric)
    return TargetKind.INCREMENT if rises and not _AFTER_CHANGE.match(metric) else TargetKind.LEVEL


def _kind_of_amount(quantity: Quantity, phrase: Phrase, metric: str) -> TargetKind:
    """Return the kind of an amount: what is added or done is counted, what is to stand is a level."""
    is_extent = quantity.measure in {Measure.EXTENT, Measure.VOLUME} or quantity.unit in _AMOUNTS
    rises = phrase.verb == "raising"
    if rises and not is_extent and not phrase.making:
        return TargetKind.INCREMENT
    adds = phrase.making or metric.startswith("新增")
    adds = adds or (is_extent and bool(rises or _ADDS.search(metric) or _DONE.match(metric)))
    return TargetKind.COUNT if adds and quantity.unit not in {"元", None} else TargetKind.LEVEL


def is_work_done(metric: str) -> bool:
    """Return whether a metric begins with a work that is done by amounts (封山育林, 整治)."""
    return _DONE.match(metric) is not None


def operator_of(quantity: Quantity, phrase: Phrase, *, before: str) -> Operator:
    """Return how the value is compared; `before` are the words in front of the quantity."""
    if quantity.is_range:
        return Operator.RANGE
    if quantity.op is not None or quantity.is_approximate:
        return quantity.op or Operator.EQUAL
    names_value = _HOLDING.search(before) or _RISES_TO.search(before)
    if "至少" in before or (phrase.verb == "reaching" and not names_value):
        return Operator.AT_LEAST
    return Operator.AT_MOST if phrase.verb == "lowering" else Operator.EQUAL


def unit_of_target(quantity: Quantity, *, metric: str) -> str | None:
    """Return the unit, 系数 for a bare number of a coefficient, or None when the number measures nothing."""
    if quantity.unit is not None:
        return quantity.unit
    return COEFFICIENT if _COEFFICIENT_NOUN.search(metric) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The words around a quantity, by which it is told whether they ask for it.

    Args:
        before: Words from the start of the item to the quantity.
        behind: Words from the quantity to the end of the item.
        is_governed: Whether a deadline governs it.
        in_list: Whether it goes on with a list that sets values.
    """

    before: str
    behind: str
    is_governed: bool
    in_list: bool


def is_asked_for(quantity: Quantity, phrase: Phrase, setting: Setting) -> bool:
    """Return whether the words set the value as something to reach, and do not only tell it."""
    if _is_told(quantity, setting) or _SITING.match(setting.behind):
        return False
    has_noun = phrase.start < phrase.end or bool(phrase.places)
    only_equals = phrase.verb == "equalling" and not setting.is_governed and not setting.in_list
    compares = (phrase.verb is not None and not only_equals) or quantity.op is not None
    evidence = compares or phrase.making or setting.in_list
    bare_end = has_noun and not setting.behind
    if quantity.measure is Measure.RATE:
        all_do = quantity.value == _ALL and _DO.match(setting.behind) is not None
        is_set = evidence or setting.is_governed or bare_end or all_do
        return is_set and not _STANDARD.match(setting.behind)
    if quantity.unit in TIMES and "每" in setting.before:
        return is_annual_count(setting.before + setting.behind) and (evidence or bare_end)
    if quantity.measure is Measure.COUNT and quantity.unit not in SIZES:
        is_set = phrase.making or setting.in_list or (quantity.op is not None and phrase.verb != "equalling")
        return (evidence or setting.is_governed) if bare_end else is_set
    if quantity.unit in SIZES:
        return compares and not setting.behind.startswith("的")
    by_noun = has_noun and setting.is_governed and quantity.unit is not None
    return (
        quantity.measure is not Measure.GRADE and (evidence or by_noun) and not _RANGE.match(setting.behind)
    )


def _is_told(quantity: Quantity, setting: Setting) -> bool:
    """Return whether the words tell a fact, a definition or a sum of money."""
    is_bounded = quantity.op is not None and quantity.number_at > quantity.start
    tells = _TELLS.search(setting.before)
    if tells and not setting.is_governed and not (is_bounded and tells[0] in {"现有", "包括", "包含"}):
        return True
    if "资金" in setting.before and not re.search(r"每年|不低于|不少于", setting.before):
        return True
    is_means = _USED.search(setting.before) and _BUILT_UPON.match(setting.behind)
    return bool(is_means or _FACT.search(setting.before) or _LEARNED.search(setting.behind))
