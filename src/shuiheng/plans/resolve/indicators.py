"""Which indicator of the rulebook a metric means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from shuiheng.plans.knowledge import IndicatorTerm
from shuiheng.plans.model import IndicatorMatch

LEAST_SCORE = 0.62
_FILLING = re.compile(
    r"^(?:全市|全区|全县|全省|我市|我区|我县|到20\d\d年|省级|市级|国家级|县级)+|[（(【\[][^）)】\]]{0,40}[）)】\]]|[\s“”\"《》*]"
)
_UNIT_FAMILIES = {
    "个": "count",
    "家": "count",
    "座": "count",
    "所": "count",
    "处": "count",
    "项": "count",
    "条": "count",
    "例": "count",
    "km": "km",
}
_KEEP_APART = (
    ("漏失", "漏损"),
    ("产销差", "漏损"),
    ("取水", "用水"),
    ("取水", "供水"),
    ("供水", "用水"),
    ("耗水", "用水"),
    ("排水", "用水"),
    ("水产", "节水"),
    ("农业增加值", "工业增加值"),
    ("国内生产总值", "工业增加值"),
    ("服务业", "工业"),
    ("工业", "农业"),
    ("灌溉", "工业"),
    ("再生水", "雨水"),
    ("单位产品", "增加值"),
    ("机关", "企业"),
    ("小区", "企业"),
    ("学校", "企业"),
    ("园区", "企业"),
    ("灌区", "企业"),
)


def indicator_of(metric: str, unit: str | None, terms: Sequence[IndicatorTerm]) -> IndicatorMatch | None:
    """Return the indicator whose name or alias is likest to `metric`, or None when none is like enough.

    An exact name or alias scores 1. Otherwise the score is the likeness of pairs of
    characters. Words that look alike and mean different things (漏失, 漏损) keep terms apart,
    and 水产 inside 节水产业 is not aquaculture.
    """
    words = _core(metric)
    best: tuple[float, str] | None = None
    for term in terms:
        score = max(
            (_score(words, _core(name), unit, term.unit) for name in (term.name, *term.aliases)), default=0.0
        )
        if score >= LEAST_SCORE and (best is None or score > best[0]):
            best = (score, term.id)
    return IndicatorMatch(id=best[1], score=round(best[0], 3)) if best else None


@lru_cache(maxsize=4096)
def _core(words: str) -> str:
    return (
        _FILLING.sub("", words)
        .replace("ＧＤＰ", "GDP")
        .replace("单位GDP", "万元GDP")
        .replace("GDP", "国内生产总值")
        .replace("地区生产总值", "国内生产总值")
    )


@lru_cache(maxsize=8192)
def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) or frozenset({words})


def _score(metric: str, name: str, unit: str | None, term_unit: str | None) -> float:
    if not metric or not name or _are_kept_apart(metric, name):
        return 0.0
    if metric == name:
        return 1.0
    if unit and term_unit and _family(unit) != _family(term_unit):
        return 0.0
    left, right = _pairs(metric), _pairs(name)
    likeness = 2 * len(left & right) / (len(left) + len(right))
    if len(name) >= 4 and metric.endswith(name):
        likeness = max(likeness, 0.75 + 0.2 * len(name) / len(metric))
    return likeness


def _family(unit: str) -> str:
    return _UNIT_FAMILIES.get(unit, "%" if unit in {"百分点", "%"} else unit)


def _are_kept_apart(metric: str, name: str) -> bool:
    """Return whether one names a thing that the other replaces with a look-alike."""
    clean_metric, clean_name = metric.replace("节水产", "节约产"), name.replace("节水产", "节约产")
    return any(
        (one in clean_metric and one not in clean_name and other in clean_name and other not in clean_metric)
        or (
            other in clean_metric
            and other not in clean_name
            and one in clean_name
            and one not in clean_metric
        )
        for one, other in _KEEP_APART
    )
