"""A refusal is said with the name that the page gives its field."""

from __future__ import annotations

import pytest

from shuiheng.services.errors import ServiceError
from shuiheng.web.pages.ledger.asks import Ask
from shuiheng.web.pages.ledger.form_page import FIELD_OF, refusal, today_typed, wrong_field
from shuiheng.web.pages.ledger.questions import (
    change_asks,
    contact_asks,
    event_asks,
    meter_asks,
    new_user_asks,
    number_ask,
    permit_asks,
    site_asks,
    source_asks,
)


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (ServiceError("ledger.field", field="name"), "name"),
        (ServiceError("ledger.field", field="final_litres"), "final_m3"),
        (ServiceError("ledger.code_or_reason"), "credit_code"),
        (ServiceError("ledger.merge_same", number="1"), ""),
        (None, ""),
    ],
)
def test_a_refusal_belongs_to_a_field_or_to_the_whole_form(error: ServiceError | None, field: str) -> None:
    assert wrong_field(error) == field


def test_the_sentence_names_the_field_as_the_page_does() -> None:
    sentence = refusal(ServiceError("ledger.field", field="name"), [Ask(name="name", label="全名")])
    assert "“全名”" in sentence.says and sentence.remedy


def test_every_field_to_which_a_refusal_leads_is_asked_in_some_form() -> None:
    forms = (new_user_asks(()), change_asks(), contact_asks(), event_asks(), meter_asks(), source_asks())
    asked = {ask.name for form in (*forms, permit_asks(), site_asks()) for ask in form}
    assert set(FIELD_OF.values()) <= asked | {number_ask("号").name}


def test_today_is_typed_as_a_day() -> None:
    assert len(today_typed().split("-")) == 3
