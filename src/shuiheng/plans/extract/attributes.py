"""Quantities that only single out a class (年用水量5万立方米以上的企业) and set no value."""

from __future__ import annotations

import re

from shuiheng.plans.extract.kinds import SIZES
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.phrases import phrase_before
from shuiheng.plans.extract.places import CLASS_NOUN
from shuiheng.plans.extract.quantities import Quantity
from shuiheng.plans.model import Operator

_NOUN = re.compile(r"[▣]*[\u4e00-\u9fff]")
_NO_NOUN = re.compile(
    r"^(?:并|且|和|及|与|以及|，|、|。|；|左右|时|后|前|为|是|达标|应|要|须|"
    r"必须|不得|力争|实现|完成|建成|建设|达到|其中|的?(?:目标|要求|标准|"
    r"水平|比例)|的$)"
)
_RIGHT_VERB = re.compile(
    r"(?:达到?|为|控制在|稳定在|保持在|提高到|完成|建成|新增|推动|实施|推进|"
    r"开展|新建|改造|建设|发展|治理|创建|打造|选择|推广)$"
)
_CLASS_VERB = re.compile(
    r"(?:淘汰|拆除|关停|关闭|禁止|严禁|限制|鼓励|支持|将|对|把|以|由|在|"
    r"退出|加强|加快|推行|纳入|不得新建|严格限制新建)$"
)
SIZED = {
    "头",
    "级",
    "星级",
    "人",
    "户",
    "米",
    "层",
    "年",
    "吨",
    "岁",
    "蒸吨",
    "张",
    "床位",
    "吨标准煤",
    "千瓦",
    "m3",
    "亩",
    "m2",
    "km2",
    "km",
    "天",
    "元",
    "公顷",
}
_TOTALS = {Measure.COUNT, Measure.RATE}
_RATE_CLASS = re.compile(r"(?:率|比例|占比|比重|浓度|系数)(?:达到|在|为|达)?$")
_RATE_COMPARES = re.compile(r"(?:超|高于|低于|落后|偏差|误差|同比|较上年|比上年|增长|下降|达到)[^，]{0,14}$")
_WHEN = re.compile(r"时[，]?[\u4e00-\u9fff]|时$|的时候")
_CONDITION = re.compile(r"(?:[且并或][^，。；]{0,20})?的$")
_STOCK = re.compile(r"(?:存栏|出栏|床位|客房|人数|学生|员工|住户)(?:量|数)?(?:达到|在)?$")
_FROM = re.compile(r"[由从][^，。；]{0,20}$")
_IS_START = re.compile(
    r"(?:大幅|逐步|稳步)?(?:降|减|下降|减少|压减|提高|提升|增加|增长|上升|增至|扩大)[低至到为]?"
)
_OF_COUNTED = re.compile(
    r"的[\u4e00-\u9fff]{2,16}(?:不少于|至少)?[\d一二两三四五六七八九十]+[个座处家项条套]"
)
_BY = ("按", "按照")
_AND_ANOTHER = re.compile(
    rf"(?:且|并且|或者?)[^，。；]{{2,20}}的[^，。；的]{{0,10}}?{CLASS_NOUN}(?![^，。；]{{0,8}}\d)"
)
_AND_ALSO = re.compile(rf"、[^，。；、\d]{{2,12}}的[^，。；的]{{0,10}}?{CLASS_NOUN}")
_HOLDERS = re.compile(
    rf"的[^，。；的]{{0,14}}?{CLASS_NOUN}(?:应当?|必须|要(?!求)|须|需|不得|可|依法|一律|全部|均|纳入|实行)"
)
_RIGHT_VERB_OF_MAKING = re.compile(r"(?:建成|建设|新建|打造|创建|完成|培育|新增|实现)[^，。；]{0,30}$")
_WINDOW = 60
_NEARS = re.compile(r"(?:接近|达到|超过|超)[^，。；]{0,14}$")
RATE_NOUN = re.compile(
    r"(?:率|比例|占比|比重|浓度|系数|效率|指标|PUE值?|计划|定额|之比|比值)(?:达到|在|为|达|接近|超)?$"
)
_MAKES = re.compile(
    r"(?:建成|建设|新建|打造|创建|完成|培育|新增|实现|发展|推广|改造|治理|选择|遴选|支持|推动|推进|到|每年)[^，。；]{0,20}$"
)
_RULE_OPENS = re.compile(
    r"(?:还|也)?(?:应|要|须|必须|不得|不予|依法|一律|原则上|限制|暂停|停止|禁止|严禁|责令|约谈|通报|取消|给予|实施|实行|由|按|可)"
)
CLASS_FILLS = re.compile(
    r"的(?:(?!全部|均|每|应|安装|配备|建立|开展|实行|纳入|完成)[\u4e00-\u9fff、]){0,12}?(?:企业|单位|用户|户|场|厂|机构|项目|机场|船舶|数据中心|园区|灌区|水库|高校|学校|小区"
    r"|城市|县城|城区|地区|区域|分区|区|县|市|镇|村|建筑|工地|锅炉|机组|管网|管道|设施|设备|池塘|港口|码头|医院|河流)"
)
_NO_CLASS = re.compile(r"^的?(?:目标|要求|标准|水平|比例|任务|速度|增速|幅度|节能)")
_WATER_VOLUME = re.compile(r"(?:年|日|月)[均]?(?:用|取|耗|供|排)水(?:总)?量(?:在|达到|达|为)?$")
_MODAL = re.compile(r"^(?:的)?(?:应当?|要|须|必须|不得|可)")


def is_attribute(masked: str, quantity: Quantity, *, start: int, end: int, next_start: int) -> bool:
    """Return whether a quantity describes a class of things in front of its noun.

    Args:
        masked: The passage with brackets, quotations and dates blanked out.
        quantity: The quantity.
        start: Where its list item begins.
        end: Where its clause ends.
        next_start: Where the next clause begins, or `end`.
    """
    behind = masked[quantity.end : min(end, quantity.end + _WINDOW)]
    before = masked[max(start, quantity.start - _WINDOW) : quantity.start]
    if quantity.number_at > quantity.start and before.endswith(_BY):
        return False
    is_led = quantity.op is not None and quantity.number_at > quantity.start
    goes_on = (quantity.op is not None and _AND_ANOTHER.match(behind)) or (is_led and _AND_ALSO.match(behind))
    if goes_on or _sets_a_condition(quantity, before, behind, masked[next_start : next_start + 6]):
        return True
    if quantity.measure is Measure.RATE:
        return _is_rate_class(masked, quantity, start, behind)
    if _of_those_who(before, behind):
        return True
    compares = quantity.op is not None or quantity.has_bound_word
    if not compares or quantity.op is Operator.RANGE or quantity.unit in {None, "倍"}:
        return False
    return _bounds_a_class(masked, quantity, start, behind) or (
        not behind
        and bool(_WATER_VOLUME.search(before) and _MODAL.match(masked[next_start : next_start + 4]))
    )


def _sets_a_condition(quantity: Quantity, before: str, behind: str, following: str) -> bool:
    """Return whether the clause only says for whom the next one is: 浓度低于80毫克/升的，应当…."""
    compares = quantity.op is not None or quantity.has_bound_word or bool(_NEARS.search(before))
    is_share = quantity.measure is Measure.RATE or quantity.unit is None
    if not compares or (is_share and not RATE_NOUN.search(before)):
        return False
    if _MAKES.search(before) or quantity.is_range or not following:
        return False
    if behind == "的":
        return bool(_RULE_OPENS.match(following))
    return bool(CLASS_FILLS.fullmatch(behind)) and not _NO_CLASS.match(behind)


def _bounds_a_class(masked: str, quantity: Quantity, start: int, behind: str) -> bool:
    """Return whether a compared amount stands before the noun that it bounds."""
    if quantity.measure is Measure.GRADE or _caps_a_class(quantity, behind):
        return True
    before = masked[max(start, quantity.start - _WINDOW) : quantity.start]
    if quantity.measure is Measure.COUNT and quantity.unit not in SIZED:
        return bool(_STOCK.search(before) and re.match(r"的?[\u4e00-\u9fff]{2}", behind))
    return bool(behind) and _has_noun_behind(behind) and _names_a_class(masked, quantity, start, before)


def _of_those_who(before: str, behind: str) -> bool:
    """Return whether the number says what those are like whom the rule is for: 达到50万立方米的园区应当."""
    found = _HOLDERS.match(behind)
    return found is not None and not _RIGHT_VERB_OF_MAKING.search(before)


def _caps_a_class(quantity: Quantity, behind: str) -> bool:
    """Return whether a number of things is a cut-off from above: 产能120万条以下的企业."""
    is_cap = quantity.op in {Operator.AT_MOST, Operator.BELOW} and quantity.measure is Measure.COUNT
    return is_cap and bool(re.match(r"的[\u4e00-\u9fff]{2}", behind))


def _has_noun_behind(behind: str) -> bool:
    if _NO_NOUN.match(behind) and not re.match(r"的[\u4e00-\u9fff]", behind):
        return False
    return not _NO_CLASS.match(behind) and bool(_NOUN.match(behind) or behind.startswith("▢"))


def is_bare_attribute(masked: str, quantity: Quantity, *, end: int) -> bool:
    """Return whether a size or time only describes the noun behind it (500米覆盖率, 三年行动)."""
    behind = masked[quantity.end : min(end, quantity.end + _WINDOW)]
    if quantity.is_range:
        return quantity.measure not in _TOTALS and bool(re.match(r"的[\u4e00-\u9fff]", behind))
    if quantity.op is None and re.match(r"[^，、。；]{0,8}(?:半径|范围)", behind):
        return True
    if quantity.op is None and quantity.measure not in _TOTALS and _OF_COUNTED.match(behind):
        return True
    if _IS_START.match(behind) and _FROM.search(masked[max(0, quantity.start - 24) : quantity.start]):
        return True
    if quantity.op is not None or quantity.unit not in SIZES:
        return False
    return bool(re.match(r"[\u4e00-\u9fff▣]", behind))


def _names_a_class(masked: str, quantity: Quantity, start: int, before: str) -> bool:
    if _CLASS_VERB.search(before) or re.search(r"及其?以[上下]$", masked[quantity.start : quantity.end]):
        return True
    if quantity.unit == "千瓦" and quantity.has_bound_word:
        return not before.endswith("新增")
    phrase = phrase_before(masked, start, quantity.start)
    bare = phrase.start >= phrase.end
    if phrase.verb in {"reaching", "lowering", "reducing", "raising"} and not bare:
        return masked[quantity.end : quantity.end + 1] == "的"
    if bare and (phrase.making or phrase.verb) and quantity.measure in {Measure.EXTENT, Measure.VOLUME}:
        return False
    return not (_RIGHT_VERB.search(before) and quantity.measure in {Measure.EXTENT, Measure.VOLUME})


def _is_rate_class(masked: str, quantity: Quantity, start: int, behind: str) -> bool:
    """Return whether a rate singles out a class: 漏损率高于12%的供水企业, 超计划30%以上的."""
    before = masked[max(start, quantity.start - _WINDOW) : quantity.start]
    own = masked[quantity.start : quantity.number_at]
    own = "" if own.startswith(("不", "至少")) else own
    compares = quantity.op is not None or quantity.has_bound_word or _RATE_COMPARES.search(before)
    is_reached = re.search(r"达到?|超过?|低于|高于", before[-12:] + own)
    if (_WHEN.match(behind) and is_reached) or (compares and _CONDITION.match(behind)):
        return True
    if not behind.startswith("的") or _NO_CLASS.match(behind) or len(behind) < 2:
        return False
    return bool(compares and (_RATE_CLASS.search(before) or _RATE_COMPARES.search(before + own)))
