"""Quantities in a clause: number, unit and the words that compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from shuiheng.plans.extract.measures import UNIT, Measure, unit_of
from shuiheng.plans.extract.numerals import ARABIC, CHARACTERS, MULTIPLE, number_of
from shuiheng.plans.model import Operator

NOMINAL_WIDTH = "DN"
_ABOVE = ("低于", "少于", "小于")
_BELOW = ("高于", "超过", "大于", "多于", "突破")
_DENIALS = ("不", "不得", "不宜", "不应", "不可", "应不", "以不")
BEFORE = {
    Operator.AT_LEAST: (
        *(denial + word for denial in _DENIALS for word in _ABOVE),
        *("至少", "最低", "最少", "≥", "大于等于", "大于或等于"),
    ),
    Operator.ABOVE: (*_BELOW, "超", ">"),
    Operator.AT_MOST: (
        *(denial + word for denial in _DENIALS for word in _BELOW),
        *("最高", "最多", "≤", "小于等于", "小于或等于", "最高不超过", "最高不得超过"),
    ),
    Operator.BELOW: (*_ABOVE, "不足", "不满", "<"),
}
APPROXIMATE = ("大约", "约为", "约", "近", "接近")
_WORD_OPERATOR = {word: op for op, words in BEFORE.items() for word in words}
_BEFORE = "|".join(re.escape(w) for w in sorted((*_WORD_OPERATOR, *APPROXIMATE), key=len, reverse=True))
_BOUND = r"(?:及其?以上|或以上|以上|及其?以下|或以下|以下|以内|之内)"
_AFTER = rf"(?:[▢]{{0,8}}{_BOUND}|左右|上下|以外|余)?"
_NUMBER = rf"(?:百分之{CHARACTERS}|{ARABIC}{MULTIPLE}|{CHARACTERS}|[一]?半数?)"
_UNIT_OR_TENTHS = rf"(?:{UNIT})"
_QUANTITY = re.compile(
    rf"(?P<before>(?:{_BEFORE}){{0,2}})"
    rf"(?:(?P<hundredths>百分之{CHARACTERS})|(?P<tenths>[一二两三四五六七八九]成)|(?P<half>(?:一半|半数))"
    rf"|(?P<low>{ARABIC}{MULTIPLE}|{CHARACTERS})余?多?(?P<early>%|{UNIT})?"
    rf"(?:(?P<dash>[-~至到]{{1,2}})(?P<high>{ARABIC}{MULTIPLE}|{CHARACTERS}))?"
    rf"(?P<some>余|多)?(?P<unit>{UNIT})?)"
    rf"(?P<after>{_AFTER})"
)
_STARTS = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿半]")
_BARE_CHARACTERS = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_AFTER_OPERATOR = {"上": Operator.AT_LEAST, "下": Operator.AT_MOST, "内": Operator.AT_MOST}
_NAME_BEFORE = re.compile(r"[第每另A-Za-z#№〔/十]$|等$|这$|上述$|前$|统一$")
_LISTED_WORKS = re.compile(r"(?:完成|建成|修订|制定|编制|新建|实施|建设|改造|发布)[^，。；：]{2,50}等$")
_PLACES_AFTER = re.compile(r"^[市县区省州镇乡村](?![级及以]|属|直)")
_CODE_AFTER = re.compile(r"[.\-:\d/A-Za-z]")
_NAME_AFTER = re.compile(r"^(?:月|两级|季度|体化|方面|[”“▣]|号|日起|A级|#|百分|中全会|大以来)")
_POPULATION = re.compile(r"人口(?:规模|总?数)?(?:在|达到|达|为)?$")
_MAKING = frozenset(
    {
        "建成",
        "创建",
        "新建",
        "打造",
        "新增",
        "争创",
        "培育",
        "完成",
        "建设",
        "评选",
        "遴选",
        "选树",
        "选出",
        "设置",
        "举办",
    }
)
_SLOGAN = re.compile(r"^(?:大|化|有|个?[“▣]|清|严|新|同|线)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit and the words right beside it that compare.

    Args:
        start: First character, comparing words in front included.
        end: Behind the last character, comparing words behind included.
        number_at: First character of the number itself.
        value: The number, multiples applied; a share is in percent.
        value_max: Upper end of a range, or None.
        unit: Name of the unit, or None for a bare number.
        measure: What the unit measures.
        op: Operator by the words right beside it, or None when they compare nothing.
        is_approximate: Whether 约 or 左右 stands beside it.
        has_bound_word: Whether 以上, 以下 or 以内 follows.
    """

    start: int
    end: int
    number_at: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    measure: Measure
    op: Operator | None
    is_approximate: bool = False
    has_bound_word: bool = False

    @property
    def is_range(self) -> bool:
        """Whether it gives two ends."""
        return self.value_max is not None


def quantities_of(masked: str, start: int, end: int) -> Iterator[Quantity]:
    """Yield the quantities of `masked` between `start` and `end`, in order.

    `masked` has dates, quotations and brackets blanked out. Numbers that name something
    (numbers of documents, slogans, ordinals) are left out.
    """
    at = start
    while at < end:
        first = _STARTS.search(masked, at, end)
        if first is None:
            return
        begin = _comparing_words_before(masked, first.start(), at)
        match = _QUANTITY.match(masked, begin, end)
        if match is None:
            at = first.end()
            continue
        quantity = _read(match, masked, first.start())
        if quantity is not None:
            yield quantity
        at = max(match.end(), first.end())


def _comparing_words_before(masked: str, number_at: int, floor: int) -> int:
    """Return where the comparing words that end at `number_at` begin."""
    begin = number_at
    for _ in range(2):
        for width in range(6, 0, -1):
            word = masked[max(floor, begin - width) : begin]
            if len(word) == width and (word in _WORD_OPERATOR or word in APPROXIMATE):
                begin -= width
                break
    return begin


def _read(match: re.Match[str], masked: str, number_at: int) -> Quantity | None:
    is_diameter = _is_diameter(match, masked, number_at)
    if not is_diameter and _is_name(match, masked, number_at):
        return None
    low, high = _ends(match)
    if low is None:
        return None
    unit_words = match["unit"] or match["early"]
    unit: str | None
    unit, measure = ("%", Measure.RATE) if _is_share(match) else unit_of(unit_words or "")
    if not unit and _POPULATION.search(masked, max(0, number_at - 10), match.end("before")):
        unit, measure = "人", Measure.COUNT
    if is_diameter:
        unit, measure = NOMINAL_WIDTH, Measure.OTHER
    after = match["after"] or ""
    return Quantity(
        start=match.start() - 2 * is_diameter,
        end=match.end(),
        number_at=number_at,
        value=low,
        value_max=high,
        unit=unit or None,
        measure=measure,
        op=_operator(match["before"] or "", after),
        is_approximate=any(word in (match["before"] or "") for word in ("约", "近"))
        or after in {"左右", "上下", "余"}
        or bool(match["some"]),
        has_bound_word=after.endswith(("以上", "以下", "以内", "之内")),
    )


def _is_diameter(match: re.Match[str], masked: str, number_at: int) -> bool:
    """Return whether the number is a nominal width that bounds a class of pipes: DN100以上."""
    is_bounded = bool(match["after"]) and match["after"][-1] in _AFTER_OPERATOR
    return is_bounded and match["unit"] is None and masked[max(0, number_at - 2) : number_at] == "DN"


def _is_share(match: re.Match[str]) -> bool:
    return bool(match["hundredths"] or match["tenths"] or match["half"])


def _ends(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """Return both ends; the multiple of the second also holds for a bare first."""
    if _is_share(match):
        return number_of(match["hundredths"] or match["tenths"] or match["half"]), None
    low = number_of(match["low"])
    high = number_of(match["high"]) if match["high"] else None
    if low is None or high is None:
        return low, None
    if low < 10000 <= high and match["low"][-1].isdigit() and not match["early"]:
        scale = high / _mantissa(match["high"])
        low *= scale
    return (low, high) if low < high else (low, None)


def _mantissa(words: str) -> Decimal:
    digits = re.match(ARABIC, words)
    value = number_of(digits[0]) if digits else None
    return value if value else Decimal(1)


def _operator(before: str, after: str) -> Operator | None:
    for word in sorted(_WORD_OPERATOR, key=len, reverse=True):
        if before.startswith(word) or before.endswith(word):
            return _WORD_OPERATOR[word]
    return _AFTER_OPERATOR.get(after[-1]) if after and after not in {"左右", "上下", "余", "以外"} else None


def _is_name(match: re.Match[str], masked: str, number_at: int) -> bool:
    """Return whether the number names or lists something instead of measuring it."""
    tail = masked[match.end() : match.end() + 4]
    has_unit = bool(match["unit"] or match["early"]) or _is_share(match)
    is_named = _NAME_BEFORE.search(masked[max(0, number_at - 2) : number_at])
    if _NAME_AFTER.match(tail) or (is_named and not _counts_a_list(match, masked, number_at)):
        return True
    if masked[number_at] == "半" and not match["half"]:
        return True
    words = match["low"] or ""
    if words and _BARE_CHARACTERS.fullmatch(words):
        return not has_unit or _is_name_in_characters(match, masked, number_at)
    return not has_unit and bool(_PLACES_AFTER.match(tail) or _CODE_AFTER.match(tail))


def _counts_a_list(match: re.Match[str], masked: str, number_at: int) -> bool:
    """Return whether the number counts works of which some are named: 完成甲、乙等6处灌区改造."""
    unit = match["unit"] or match["early"] or ""
    is_counted = unit_of(unit)[1] is Measure.COUNT and bool(unit)
    return is_counted and bool(_LISTED_WORKS.search(masked, max(0, number_at - 60), number_at))


def _is_name_in_characters(match: re.Match[str], masked: str, number_at: int) -> bool:
    """Return whether a number in characters is part of a word (五大工程, 一户一表, 二次供水)."""
    if match["after"] and match["after"] not in {"左右", "上下", "余"}:
        return False
    words, unit = match["low"], match["unit"] or match["early"] or ""
    tail = masked[match.end() : match.end() + 4]
    is_made = _after_making(masked, number_at)
    has_noun = bool(re.match(r"的?[\u4e00-\u9fff▣]", tail))
    if unit_of(unit)[1] is Measure.GRADE or words in {"十", "零", "〇", "百", "千", "万", "亿"}:
        return True
    if unit == "批" or (unit == "期" and not match["before"] and not has_noun):
        return True
    if words == "一" or _SLOGAN.match(tail):
        return not (words == "一" and is_made)
    return has_noun and (unit in {"次", "期", "层", "轮"} or not is_made)


def _after_making(masked: str, number_at: int) -> bool:
    """Return whether a verb of making stands right before the number."""
    return masked[max(0, number_at - 2) : number_at] in _MAKING
