"""Each step of a record is written to its unit once."""

from __future__ import annotations

from datetime import date

import pytest

from services.credit.made_up import BAD, City
from shuiheng.adapters.records.models import Message
from shuiheng.services.credit.keep_credit import record_credit
from shuiheng.services.credit.tell_credit import tell_subject

pytestmark = pytest.mark.django_db


def test_the_same_step_is_told_once_with_its_basis_and_day(city: City) -> None:
    row = record_credit(city.clerk, city.user("甲厂").organisation_id, BAD)
    for _again in range(2):
        tell_subject(city.clerk, row, "credit_notice", day=date(2026, 7, 1), mark="notice")
    message = Message.objects.get()
    assert message.organisation == row.organisation
    assert all(words in message.text for words in (BAD.item, BAD.clause, "2026-07-01"))
