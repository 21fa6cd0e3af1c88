"""The forms ask what the services take, and no more than the columns hold."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from django.db.models import CharField

from shuiheng.adapters.records.models import (
    ActivityFact,
    ContactFact,
    MeterEvent,
    MeterFact,
    PermitFact,
    SiteFact,
    SourceFact,
    UserFact,
)
from shuiheng.services.ledger.keep_contact import ActivityFields, ContactFields
from shuiheng.services.ledger.keep_meter import MeterFields
from shuiheng.services.ledger.keep_source import PermitFields, SiteFields, SourceFields
from shuiheng.services.ledger.keep_water_user import WaterUserFields
from shuiheng.web.pages.ledger import questions
from shuiheng.web.pages.ledger.asks import Form

FORMS: list[tuple[Any, Any, Any]] = [
    (questions.user_asks(), WaterUserFields, UserFact),
    (questions.site_asks(), SiteFields, SiteFact),
    (questions.source_asks(), SourceFields, SourceFact),
    (questions.permit_asks(), PermitFields, PermitFact),
    (questions.meter_asks(), MeterFields, MeterFact),
    (questions.contact_asks(), ContactFields, ContactFact),
    (questions.activity_asks(), ActivityFields, ActivityFact),
]


@pytest.mark.parametrize(("asks", "taken", "table"), FORMS)
def test_a_form_asks_for_every_field_that_the_service_takes(asks: Any, taken: Any, table: Any) -> None:
    wanted = {field.name for field in fields(taken)} - {"number"}
    assert {ask.name for ask in asks} - {"valid_to"} == wanted


@pytest.mark.parametrize(("asks", "taken", "table"), [*FORMS, (questions.event_asks(), None, MeterEvent)])
def test_no_text_is_longer_than_its_column(asks: Any, taken: Any, table: Any) -> None:
    columns = {field.name: field for field in table._meta.concrete_fields}
    for ask in asks:
        column = columns.get(ask.name)
        if ask.form is Form.TEXT and isinstance(column, CharField) and ask.name != "credit_code":
            assert ask.limit <= (column.max_length or 0), ask.name


def test_who_stands_for_a_user_is_not_shown_again_but_said_to_be_kept() -> None:
    old, new = ({ask.name: ask for ask in questions.user_asks(is_new=each)} for each in (False, True))
    assert old["legal_person"].is_kept_blank and old["legal_person"].hint and not new["legal_person"].hint
