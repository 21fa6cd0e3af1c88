"""Linking a metric to an indicator."""

from __future__ import annotations

import pytest
import yaml

from places import PACKAGE
from shuiheng.plans.knowledge import IndicatorTerm
from shuiheng.plans.resolve.indicators import LEAST_SCORE, indicator_of

_SHIPPED = yaml.safe_load((PACKAGE / "rulebook" / "indicators" / "terms.yaml").read_text("utf-8"))[
    "indicators"
]
TERMS = tuple(
    IndicatorTerm(id=e["id"], name=e["name"], aliases=tuple(e.get("aliases", ())), unit=e["unit"])
    for e in _SHIPPED
)

LINKED = [
    ("城市公共供水管网漏损率", "%", "water_loss_rate"),
    ("漏失率", "%", "real_loss_rate"),
    ("产销差率", "%", "non_revenue_water_rate"),
    ("万元地区生产总值用水量", "%", "water_use_per_gdp"),
    ("万元工业增加值用水量", "%", "water_use_per_industrial_value_added"),
    ("灌溉水有效利用系数", "系数", "irrigation_efficiency"),
    ("县城再生水利用率", "%", "reclaimed_water_rate"),
    ("用水总量", "m3", "water_use_total"),
    ("省级节水型企业", "家", "saving_enterprises"),
    ("节水型居民小区覆盖率", "%", "saving_residential_rate"),
    ("水平衡测试任务", "家", "site_water_audits"),
    ("更新改造供水管网", "km", "pipe_renewal_length"),
    ("农业灌溉用水计量率", "%", "irrigation_metering_rate"),
]
APART = [
    ("漏失率", "%", "water_loss_rate"),
    ("万元工业增加值取水量", "%", "water_use_per_industrial_value_added"),
    ("节水产业产值", "元", "aquaculture_farms"),
    ("绿化覆盖率", "%", None),
    ("森林蓄积量", "m3", None),
    ("供水总量", "m3", "water_use_total"),
]


@pytest.mark.parametrize(("metric", "unit", "wanted"), LINKED)
def test_a_metric_finds_its_indicator(metric: str, unit: str, wanted: str) -> None:
    found = indicator_of(metric, unit, TERMS)
    assert found is not None
    assert found.id == wanted
    assert LEAST_SCORE <= found.score <= 1


@pytest.mark.parametrize(("metric", "unit", "other"), APART)
def test_words_that_look_alike_are_kept_apart(metric: str, unit: str, other: str | None) -> None:
    found = indicator_of(metric, unit, TERMS)
    assert found is None or (other is not None and found.id != other)


def test_an_exact_name_scores_one() -> None:
    found = indicator_of("用水总量", "m3", TERMS)
    assert found is not None
    assert found.score == 1.0


def test_every_shipped_name_finds_its_own_entry() -> None:
    wrong = {
        t.name: f.id if f else None
        for t in TERMS
        if (f := indicator_of(t.name, t.unit, TERMS)) is None or f.id != t.id
    }
    assert not wrong


def test_no_name_stands_for_two_indicators() -> None:
    names = [name for term in TERMS for name in (term.name, *term.aliases)]
    assert sorted({name for name in names if names.count(name) > 1}) == []
