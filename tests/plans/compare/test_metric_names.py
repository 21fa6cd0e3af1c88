"""Telling whether two plans speak of the same metric."""

from __future__ import annotations

from dataclasses import replace

from plans.made import document_of, target
from shuiheng.plans import IndicatorMatch, IndicatorTerm, PlanKnowledge
from shuiheng.plans.compare.metric_names import indicator_id, is_same_metric, metric_key

DOCUMENT = document_of("漏损率9%，漏失率8%")
KNOWN = PlanKnowledge(
    indicators=(
        IndicatorTerm(id="loss", name="管网漏损率", aliases=("漏损率",)),
        IndicatorTerm(id="real_loss", name="管网漏失率"),
    )
)
LOSS = target(DOCUMENT, "漏损率9%", "全市管网漏损率", 9)


def test_words_for_the_whole_place_do_not_matter() -> None:
    assert metric_key("全国用水总量") == metric_key("全市 用水总量") == "用水总量"


def test_an_indicator_is_found_by_any_of_its_names() -> None:
    assert indicator_id(LOSS, KNOWN) == "loss"
    assert indicator_id(replace(LOSS, metric="漏损率"), KNOWN) == "loss"
    assert indicator_id(replace(LOSS, metric="漏水率"), KNOWN) is None
    linked = replace(LOSS, metric="漏水率", indicator=IndicatorMatch(id="real_loss", score=0.9))
    assert indicator_id(linked, KNOWN) == "real_loss"


def test_two_indicators_are_two_however_alike_their_names() -> None:
    other = replace(LOSS, metric="管网漏失率")
    assert not is_same_metric(LOSS, other, KNOWN)
    long = replace(LOSS, metric="城市公共供水管网漏损率")
    assert is_same_metric(long, replace(LOSS, metric="公共供水管网漏损率"), PlanKnowledge())
    assert not is_same_metric(LOSS, replace(LOSS, metric="再生水利用率"), PlanKnowledge())
