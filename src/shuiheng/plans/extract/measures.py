"""Units of measure and counting words: how they are written and what they are called."""

from __future__ import annotations

import re
from enum import StrEnum


class Measure(StrEnum):
    """What sort of quantity a unit measures."""

    RATE = "rate"
    COUNT = "count"
    EXTENT = "extent"
    VOLUME = "volume"
    GRADE = "grade"
    OTHER = "other"


_COUNTING = "家个座条例所处项台套人户次场名支辆只件篇株头口眼宗款种片块间栋幢艘张对枚盏份轮册"
_WITH_CARE = {
    "期": "期(?!间|望|限|末|初)",
    "部": "部(?!门|委|署|分|级|队)",
    "单": "单(?!位|元|独|体)",
    "分": "分(?!区|级|类|批|布|别|局|行|支|析|工|散|公司|之|解|时|段|流|质|期|步|层)",
    "批": "批(?!准|复|次|示|改)",
}
_WRITTEN: dict[str, tuple[str, Measure]] = {
    "%": ("%", Measure.RATE),
    "‰": ("‰", Measure.RATE),
    "个百分点": ("百分点", Measure.RATE),
    "百分点": ("百分点", Measure.RATE),
    **dict.fromkeys(("立方米", "m3", "㎥", "M3", "立方", "方水"), ("m3", Measure.VOLUME)),
    **dict.fromkeys(("公里", "千米", "km", "KM", "Km"), ("km", Measure.EXTENT)),
    **dict.fromkeys(("平方公里", "平方千米", "km2", "k㎡"), ("km2", Measure.EXTENT)),
    **dict.fromkeys(("平方米", "平米", "m2", "㎡"), ("m2", Measure.EXTENT)),
    **dict.fromkeys(("亩",), ("亩", Measure.EXTENT)),
    **dict.fromkeys(("公顷", "hm2"), ("公顷", Measure.EXTENT)),
    **dict.fromkeys(("吨标准煤", "吨标煤", "吨煤"), ("吨标准煤", Measure.OTHER)),
    "吨": ("吨", Measure.OTHER),
    "千瓦": ("千瓦", Measure.EXTENT),
    "千瓦时": ("千瓦时", Measure.OTHER),
    "兆瓦": ("兆瓦", Measure.EXTENT),
    "元": ("元", Measure.OTHER),
    "级": ("级", Measure.GRADE),
    "星级": ("星级", Measure.GRADE),
    **{word: (word, Measure.COUNT) for word in (*_COUNTING, *_WITH_CARE)},
    "分": ("分", Measure.OTHER),
    **{word: (word, Measure.COUNT) for word in ("人口", "人次", "户次", "场次", "家次", "台套")},
    **{word: (word, Measure.COUNT) for word in ("车位", "批次", "辆次", "艘次", "架次", "台次", "件次")},
    **{
        word: (word, Measure.OTHER)
        for word in (
            *("米", "厘米", "毫米", "层", "年一遇", "天", "日", "小时", "分钟", "岁", "倍", "蒸吨", "兆帕"),
            *("千克标准煤", "千克", "公斤", "升", "斤", "学时", "课时", "年", "个月", "个工作日", "工作日"),
            *("摄氏度", "℃", "总吨", "载重吨", "标箱", "标准箱", "兆瓦时", "千伏安", "标方"),
        )
    },
}  # fmt: skip
_COMPOUND: dict[str, str] = {
    "立方米/万元": "m3/万元",
    "m3/万元": "m3/万元",
    "吨/万元": "吨/万元",
    "立方米/日": "m3/日",
    "立方米/天": "m3/日",
    "m3/d": "m3/日",
    "m3/日": "m3/日",
    "立方米/亩": "m3/亩",
    "m3/亩": "m3/亩",
    "升/人·日": "L/(人·d)",
    "升/人·天": "L/(人·d)",
    "L/人·d": "L/(人·d)",
    "L/人·日": "L/(人·d)",
    "L/（人·d）": "L/(人·d)",
    "升/（人·日）": "L/(人·d)",
}
_NUMERATORS = (
    "千克标准煤|千克|公斤|吨标准煤|吨标煤|吨|升|立方米|m3|公里|车位|微克|毫克|克|元|人次|人|蒸吨|千瓦时|平方米|m2|个|次|"
    "kg|mg|μg|ug|L"
)
_DENOMINATORS = (
    "月·平方公里|平方公里|万平方米|平方米|立方米|m3|m2|万元|千克|公里|千瓦时|小时|秒|人|日|天|户|亩|年|吨|升|月|"
    "d|h|a|L|s"
)
_GENERIC = rf"(?:{_NUMERATORS})/(?:{_DENOMINATORS})"

UNIT = (
    "(?:方(?![面案式法向可便针位])|"
    + "|".join(re.escape(word) for word in sorted(_COMPOUND, key=len, reverse=True))
    + f"|{_GENERIC}|"
    + "|".join(_WITH_CARE.get(word, re.escape(word)) for word in sorted(_WRITTEN, key=len, reverse=True))
    + ")"
)


_SPOKEN = {"方": ("m3", Measure.VOLUME)}


def unit_of(words: str) -> tuple[str, Measure]:
    """Return the name of a unit in the compiled-plan format and what it measures.

    A unit that is not known keeps its words.
    """
    if words in _COMPOUND:
        return _COMPOUND[words], Measure.OTHER
    return _SPOKEN.get(words) or _WRITTEN.get(words, (words, Measure.OTHER))
