"""What was typed becomes values, or a refusal that names the field; what a fact says is shown in words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import MeterFact, UserFact
from shuiheng.services.errors import ServiceError
from shuiheng.web.pages.ledger.asks import Ask, Form, answers, lines, said, since, typed
from shuiheng.web.words_ledger import USE_CLASSES

CLASS = Ask(name="use_class", label="类别", form=Form.CHOICE, table=USE_CLASSES)
NUMBER = Ask(name="q3_m3_h", label="流量", form=Form.NUMBER, places=3, most=Decimal(999))
WHOLE = Ask(name="multiplier", label="倍率", form=Form.WHOLE, least=Decimal(1))
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("ask", "text", "value"),
    [
        (NUMBER, " 1.250 ", Decimal("1.25")),
        (NUMBER, "１２．５", Decimal("12.5")),
        (NUMBER, "", None),
        (WHOLE, "1,000", 1000),
        (CLASS, "industry", "industry"),
        (CLASS, "", ""),
        (Ask(name="a", label="", form=Form.TRI), "no", False),
        (Ask(name="a", label="", form=Form.FLAG), "", False),
        (Ask(name="a", label="", form=Form.FLAG), "1", True),
        (Ask(name="a", label="", form=Form.KEY, choices=((7, "七"),)), "7", 7),
        (Ask(name="a", label="", form=Form.DAY), "2026年5月1日", date(2026, 5, 1)),
        (
            Ask(name="a", label="", form=Form.MOMENT),
            "2026-05-01T08:30",
            datetime(2026, 5, 1, 8, 30, tzinfo=SHANGHAI),
        ),
    ],
)
def test_what_was_typed_becomes_a_value(ask: Ask, text: str, value: Any) -> None:
    assert answers([ask], {ask.name: text}) == {ask.name: value}


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (NUMBER, "1.2345"),
        (NUMBER, "1000"),
        (NUMBER, "-1"),
        (NUMBER, "NaN"),
        (NUMBER, "1e3"),
        (WHOLE, "0"),
        (WHOLE, "1.5"),
        (CLASS, "火星"),
        (Ask(name="a", label="", form=Form.TRI), "maybe"),
        (Ask(name="a", label="", form=Form.KEY, choices=((7, "七"),)), "8"),
        (Ask(name="a", label="", form=Form.DAY), "2026-13-01"),
        (Ask(name="a", label="", form=Form.MOMENT), "昨天"),
        (Ask(name="a", label="", limit=3), "四个字长"),
        (Ask(name="a", label="", is_needed=True), "  "),
    ],
)
def test_anything_else_is_refused_by_the_name_of_its_field(ask: Ask, text: str) -> None:
    with pytest.raises(ServiceError, match=f"field={ask.name}"):
        answers([ask], {ask.name: text})


@given(st.decimals(min_value=0, max_value=999, places=3))
def test_a_number_that_a_fact_holds_is_typed_back_the_same(value: Decimal) -> None:
    shown = typed([NUMBER], MeterFact(q3_m3_h=value))
    assert answers([NUMBER], shown) == {"q3_m3_h": value}


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_value_or_a_refusal(text: str) -> None:
    for ask in (NUMBER, WHOLE, CLASS, *(Ask(name="a", label="", form=form) for form in Form)):
        try:
            answers([ask], {ask.name: text})
        except ServiceError as error:
            assert error.values == {"field": ask.name}


def test_a_fact_says_what_it_knows_in_words_and_masks_people() -> None:
    asks = [CLASS, Ask(name="legal_person", label="法人"), Ask(name="is_open", label="在用", form=Form.FLAG)]
    fact = UserFact(use_class="industry", legal_person="欧阳明", is_open=True)
    assert [text for _ask, text in said(asks, fact)] == ["工业", "欧*", "是"]
    assert said(asks[:2], UserFact()) == []


def test_a_value_holds_since_the_first_day_without_a_break() -> None:
    days = [date(2025, 1, 1), date(2025, 6, 1), date(2026, 1, 1), None]
    names, classes = ("甲", "乙", "甲"), ("industry", "services", "services")
    facts = [
        UserFact(name=names[at], use_class=classes[at], valid_from=days[at], valid_to=days[at + 1])
        for at in range(3)
    ]
    first = since([CLASS, Ask(name="name", label="名称")], facts, facts[-1])
    assert first == {"use_class": days[1], "name": days[2]}


def test_a_line_keeps_what_was_typed_and_says_that_it_is_wrong() -> None:
    shown = lines([NUMBER, WHOLE], {"q3_m3_h": "一"}, "q3_m3_h")
    assert [(line.value, line.is_wrong) for line in shown] == [("一", True), ("", False)]
