"""A certificate stands once in the register, and an account is one of the city."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from office import the_office
from services.inspections.made_up import EARLIER, InspectedCity
from shuiheng.adapters.records.models import Account
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.inspections.keep_inspectors import InspectorFields, close_inspector, enter_inspector

pytestmark = pytest.mark.django_db


def test_a_certificate_is_free_again_when_its_entry_is_closed(city: InspectedCity) -> None:
    fields = InspectorFields(
        organisation=the_office().pk, name="周一", certificate="执0", from_on=EARLIER, account="clerk"
    )
    with pytest.raises(ServiceError, match=r"inspections\.certificate_taken"):
        enter_inspector(city.clerk, fields)
    with pytest.raises(ServiceError, match=r"inspections\.bad_day"):
        close_inspector(city.clerk, city.inspectors[0].pk, to_on=date(2025, 1, 1))
    close_inspector(city.clerk, city.inspectors[0].pk, to_on=date(2026, 3, 1))
    assert enter_inspector(city.clerk, fields).account == city.clerk
    with pytest.raises(ServiceError, match=r"inspections\.bad_day"):
        close_inspector(city.clerk, city.inspectors[0].pk, to_on=date(2026, 4, 1))


def test_what_is_entered_must_be_whole_and_of_the_city(city: InspectedCity) -> None:
    Account.objects.create(username="stranger")
    fields = InspectorFields(organisation=the_office().pk, name="冯四", certificate="执9", from_on=EARLIER)
    for changed, code in (
        ({"name": " "}, "field_missing"),
        ({"certificate": ""}, "field_missing"),
        ({"account": "stranger"}, "unknown_account"),
    ):
        with pytest.raises(ServiceError, match=rf"inspections\.{code}"):
            enter_inspector(city.clerk, replace(fields, **changed))
    with pytest.raises(NotThereError):
        enter_inspector(city.clerk, replace(fields, organisation=0))
    with pytest.raises(NotPermittedError):
        enter_inspector(city.reviewer, fields)
