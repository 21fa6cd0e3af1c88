"""An item has a clause and questions; its number stands once while it is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.inspections.made_up import EARLIER, InspectedCity
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.inspections.draw_scope import ObjectKind
from shuiheng.services.inspections.keep_items import (
    MOST_QUESTIONS,
    AnswerForm,
    ItemFields,
    Question,
    close_item,
    enter_item,
)

pytestmark = pytest.mark.django_db
ITEM = ItemFields(
    number="S01",
    name="再生水使用",
    source="青禾市节水条例",
    clause="第十一条",
    questions=[Question(text="日用量", answer=AnswerForm.NUMBER, unit="m³")],
    from_on=EARLIER,
    kinds=[ObjectKind.USER],
)


def test_a_number_is_free_again_when_its_item_is_closed(city: InspectedCity) -> None:
    place = city.metered.place.pk
    with pytest.raises(ServiceError, match=r"inspections\.number_taken"):
        enter_item(city.clerk, place, ITEM)
    close_item(city.clerk, city.item.pk, to_on=date(2026, 3, 1))
    row = enter_item(city.clerk, place, ITEM)
    assert row.kinds == ["user"]
    assert row.questions == [{"id": "q1", "text": "日用量", "clause": "", "answer": "number", "unit": "m³"}]


def test_an_item_without_its_parts_is_refused(city: InspectedCity) -> None:
    place = city.metered.place.pk
    many = [Question(text="同上")] * (MOST_QUESTIONS + 1)
    for changed, code in (
        ({"clause": " "}, "field_missing"),
        ({"questions": []}, "field_missing"),
        ({"questions": many}, "too_many_questions"),
    ):
        with pytest.raises(ServiceError, match=rf"inspections\.{code}"):
            enter_item(city.clerk, place, replace(ITEM, number="S02", **changed))
    with pytest.raises(NotPermittedError):
        enter_item(city.reviewer, place, ITEM)
    with pytest.raises(ServiceError, match=r"inspections\.bad_day"):
        close_item(city.clerk, city.item.pk, to_on=date(2025, 1, 1))
