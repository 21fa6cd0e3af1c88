"""Lists of units: splitting them without cutting a name in two."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuiheng.plans.wording import Wording

OPENING = "（(〔﹝【[［〈<「"
CLOSING = "）)〕﹞】]］〉>」"
SEPARATORS = "、；，,;。/／"

_SUFFIX = (
    "局|委|办|厅|部|署|行|会|司|处|科|室|所|站|院|组|队|政府|中心|公司|集团|单位|部门|机构|学校|高校|大学|院校|妇联|科协|残联|文联"
    "|企业|街道|乡镇|镇街|园区|机关|海关|市委|区委|县委|省委|水务|总社|合作社|供销社|主体|用户|大户|各地|地方|[省市县区州盟旗乡镇]"
)
_NOT_NAMES = re.compile(
    "(?:社|机|体|聚|开|不|都|才|就|学|大)会$|(?:推|执|实|进|运|先|试|可|并|流|出|履|施|同|通|举|发)行$|(?:场|厕|住|公|之)所$|全部$|内部$|[格布全大结战变困]局$|[创承举督交兴试开]办$|[灌小社城流库片山林景]区$"
)
_VERBS = re.compile(
    "构建|推进|推动|推广|推行|加强|加快|加大|实施|开展|完善|建立|建设|健全|强化|提升|提高|严格|落实|创建|打造|深化|优化|促进|控制|改造|发展|保障|规范|制定|编制|到20|鼓励|支持|引导"
)
_VERB_NAMES = re.compile(
    "(?:发展|建设|规划|保障|优化|促进|改革)[一-鿿、和]{0,12}(?:局|委|厅|部|办|委员会|办公室|中心)(?:[（(]|$)"
)
_TELLS = re.compile(r".将|[上汇填]报|报[送告](?!中心)|.报[省市区县]|每[年月季半]|\d[月日]|底前|汇总后")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚"
)
_NOTE = r"(?:[（(〔﹝【\[][^（()）]{0,40}[）)〕﹞】\]])?"
UNIT_END = re.compile(rf"(?:{_SUFFIX}){_NOTE}$")
_PLACE_WORD = re.compile(r"(?:各|全|本)?辖?(?:省|自治区|市|州|盟|县|区|旗|乡|镇|街道|园区)(?:级|直)?")
_LEVELS = {
    "省": 1,
    "自治区": 1,
    "市": 2,
    "州": 2,
    "盟": 2,
    "县": 3,
    "区": 3,
    "旗": 3,
    "乡": 4,
    "镇": 4,
    "街道": 4,
    "园区": 4,
}
_STARTS_WITH_PLACE = re.compile(r"辖?(省|自治区|市|州|盟|县|区|旗|乡|镇|街道|园区)")
_GOVERNMENT = re.compile(r"级?(?:人民政府|政府|党委|党委政府|管委会?|（[^）]{1,12}）.{0,12})?$")
_TAIL = re.compile(r"等(?:有关|相关|各|市级|省级|区级|县级|多个|\d{1,2}个)?(?:部门|单位|部委)?(?:和单位)?$")
_LEADING = re.compile(r"(?:\d{1,2}[.．)）]|由|以及|及其|及|会同|并由|再由)+")
_JOINER = re.compile(r"以及|及|和|与")
_GENERIC = re.compile(r"(?:等)?(?:有关|相关|其他|各)")
_HAS_NAME = re.compile(r"[一-鿿A-Za-z]")
_NOUN_ONLY = re.compile(
    "(?:人民)?政府(?:办公室|办公厅)?|办公室|管理局|管理处|管理中心|服务中心|(?:管理)?委员会|管委会|(?:有关|相关)(?:部门|单位)"
)
_SUBORDINATE = re.compile(r".{0,8}(?:分局|支行|分行|支队|大队|分公司|办事处|中心支行|营管部|营业管理部)$")


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """One unit of a list: its words with their place and the separator that stands before it."""

    wording: Wording
    separator: str


def looks_like_unit(text: str) -> bool:
    """Return whether `text` ends as the name of a unit does and holds no sentence."""
    return (
        1 < len(text) <= 40
        and "。" not in text
        and UNIT_END.search(text) is not None
        and _NOT_NAMES.search(text) is None
        and _TELLS.search(text) is None
        and (_VERBS.match(text) is None or _VERB_NAMES.match(text) is not None)
    )


def is_unit_list(text: str) -> bool:
    """Return whether `text` is a list of units and nothing else."""
    if not text or len(text) > 1500:
        return False
    parts = [part for part in _cut(text, SEPARATORS) if text[part[0] : part[1]].strip()]
    names = [_TAIL.sub("", text[start:end]) for start, end in parts]
    names = [name for name in names if name]
    good = sum(looks_like_unit(name) for name in names)
    return bool(names) and good >= 0.7 * len(names) and max(len(name) for name in names) <= 40


def listed_units(words: Wording) -> tuple[ListedUnit, ...]:
    """Return the units of a list, split at 、；， and between complete names at 和 and 及 (责任单位).

    Separators inside brackets do not split. A row of place words before one common
    noun (`各辖市、区水利局`, `市、县有关部门`) is one unit. A closing 等 is dropped.
    """
    spans = [
        piece
        for start, end in _joined_places(words.text, _cut(words.text, SEPARATORS))
        for piece in _without_person(words, _at_gaps(words, start, end))
    ]
    units = []
    for start, end in spans:
        for left, right in _at_joiners(words.text, start, end):
            first, last = _trimmed(words.text, left, right)
            if first < last and _HAS_NAME.search(words.text, first, last) is not None:
                units.append(ListedUnit(words.part(first, last), words.text[start - 1] if start else ""))
    return tuple(units)


def _cut(text: str, separators: str) -> list[tuple[int, int]]:
    """Ranges of `text` between separators that stand outside brackets."""
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and char in separators:
            parts.append((start, index))
            start = index + 1
    parts.append((start, len(text)))
    return parts


def _joined_places(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a bare place word with the part behind it when both share one common noun."""
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        if (
            joined
            and text[joined[-1][1] : start] == "、"
            and _share_noun(text[slice(*joined[-1])], text[start:end])
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _share_noun(before: str, behind: str) -> bool:
    last = before.rpartition("、")[2]
    follows = _STARTS_WITH_PLACE.match(behind)
    if _PLACE_WORD.fullmatch(last) is None or follows is None:
        return False
    held = next((level for word, level in _LEVELS.items() if word in last), 0)
    level = _LEVELS[follows[1]]
    if held < level:
        return True
    rest = behind[follows.end() :]
    return last.startswith("各") and held > level and _GOVERNMENT.match(rest) is not None


def _at_gaps(words: Wording, start: int, end: int) -> list[tuple[int, int]]:
    """Split where white space stands between two complete names (a unit per line)."""
    pieces, first = [], start
    is_only_mark = not any(char in SEPARATORS for char in words.text)
    for index in range(start + 1, end):
        if words.offsets[index] == words.offsets[index - 1] + 1:
            continue
        left, right = words.text[first:index], words.text[index:end]
        if looks_like_unit(left) and len(left) > 2 and _begins_unit(right, is_only_mark=is_only_mark):
            pieces.append((first, index))
            first = index
    pieces.append((first, end))
    return pieces


def _without_person(words: Wording, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the name of a person that stands behind a gap behind a unit (`市水利局 张三`)."""
    return [(start, _unit_end(words, start, end)) for start, end in pieces]


def _unit_end(words: Wording, start: int, end: int) -> int:
    for length in (2, 3):
        cut = end - length
        if (
            cut > start + 2
            and words.offsets[cut] > words.offsets[cut - 1] + 1
            and words.text[cut] in _SURNAMES
            and not looks_like_unit(words.text[cut:end])
            and looks_like_unit(words.text[start:cut])
        ):
            return cut
    return end


def _begins_unit(text: str, *, is_only_mark: bool) -> bool:
    """Return whether a new name starts here: at a level, or anywhere if white space is the only mark."""
    if len(text) < 3 or _SUBORDINATE.fullmatch(text) or _NOUN_ONLY.fullmatch(text):
        return False
    return looks_like_unit(text) and (text[0] in "省市区县州各国团" or is_only_mark)


def _at_joiners(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split at 和, 及 or 与 when a complete name stands on both sides."""
    depth = 0
    for index in range(start, end):
        depth += (text[index] in OPENING) - (text[index] in CLOSING)
        found = _JOINER.match(text, index, end) if depth <= 0 else None
        if found is None:
            continue
        left, right = text[start:index], text[found.end() : end]
        if (
            len(left) > 2
            and looks_like_unit(left)
            and not _is_place(left)
            and ((len(right) > 2 and looks_like_unit(right)) or _GENERIC.match(right))
        ):
            return [(start, index), *_at_joiners(text, found.end(), end)]
    return [(start, end)]


def _is_place(name: str) -> bool:
    return _PLACE_WORD.fullmatch(name) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop joining words in front and 等 behind."""
    words = text[start:end]
    lead = _LEADING.match(words)
    if lead is not None:
        start += lead.end()
    tail = _TAIL.search(text[start:end])
    if tail is not None:
        end = start + tail.start()
    while start < end and text[end - 1] in SEPARATORS + "：:":
        end -= 1
    return start, end
