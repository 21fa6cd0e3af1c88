"""From posted forms to choices."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.kernel import Span
from shuiheng.plans.decide import DecisionKind, ItemKind
from shuiheng.services.plan_at_work import plan_at_work
from shuiheng.web.pages.reading.cards import CardBox
from shuiheng.web.pages.reading.choices import choice_from, words_span
from shuiheng.web.pages.reading.forms import FormError


def test_words_are_found_by_offsets_or_by_their_text(ready: PlanVersion) -> None:
    document = plan_at_work(ready).document
    start = document.text.index("大中型灌区")
    span = Span(start, start + 5)
    assert words_span(document, {"start": str(start), "end": str(start + 5)}) == span
    assert words_span(document, {"words": "大中型 灌区"}) == span
    assert words_span(document, {"words": "没有的文字"}) is None
    assert words_span(document, {"start": "9", "end": "99999999", "words": ""}) is None


def test_an_alternative_that_the_item_does_not_have_is_refused(ready: PlanVersion) -> None:
    work = plan_at_work(ready)
    box = CardBox(work=work)
    card = next(card for card in box.tab("targets") if not card.alternatives)
    with pytest.raises(FormError):
        choice_from("correct", {"field": "value", "value": "1"}, card, box=box)


def test_an_alternative_of_the_item_becomes_its_correction(ready: PlanVersion) -> None:
    work = plan_at_work(ready)
    box = CardBox(work=work)
    card = next(card for card in box.tab("targets") if card.alternatives)
    other = card.alternatives[0]
    posted = {"field": other.field, "value": other.value}
    choice = choice_from("correct", posted, card, box=box)
    assert choice.kind is DecisionKind.CORRECT
    assert choice.changes == {"deadline": "2025-12-31"}


def test_a_split_needs_two_parts_and_a_merge_another_item(ready: PlanVersion) -> None:
    work = plan_at_work(ready)
    box = CardBox(work=work)
    card, other = box.tab("targets")[:2]
    with pytest.raises(FormError):
        choice_from("split", {"p0-metric": "甲"}, card, box=box)
    with pytest.raises(FormError):
        choice_from("merge", {}, card, box=box)
    merged = choice_from("merge", {}, card, others=[other.token], box=box)
    assert merged.others == [other.item.id]


def test_an_addition_carries_its_place(ready: PlanVersion) -> None:
    work = plan_at_work(ready)
    posted = {
        "kind_of_item": "duty",
        "words": "完善计量设施",
        "what": "检查",
        "frequency": "annual",
        "reason": " 补录 ",
    }
    choice = choice_from("add", posted, None, box=CardBox(work=work))
    assert choice.item_kind is ItemKind.DUTY
    assert choice.span is not None and work.document.words(choice.span) == "完善计量设施"
    assert choice.changes == {"what": "检查", "frequency": "annual"}
    assert choice.reason == "补录"
