"""A row is written as its use case would write it, and what came back masked stays as it stood."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from office import the_office
from shuiheng.adapters.records.models import Account, ContactFact, Event, MeterFact
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger import book_forms as forms
from shuiheng.services.ledger.book_ledger import read_ledger, user_key
from shuiheng.services.ledger.book_rows import row_of
from shuiheng.services.ledger.book_writing import (
    activity_fields,
    contact_fields,
    meter_fields,
    place_of,
    there,
    write_row,
)
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.ledger.keep_facts import Telling

pytestmark = pytest.mark.django_db
WANTED = {form.id: form for form in forms.FORMS}


def test_a_changed_row_holds_from_its_day_and_masks_keep_what_stood(officer: Account) -> None:
    settle_demo_ledger(officer, the_office().place)
    ledger = read_ledger(officer, the_office().place, WANTED)
    fact = ContactFact.objects.get(subject__number="000001")
    row = row_of(forms.CONTACTS, fact) | {"certificate": "W-7"}
    with transaction.atomic():
        telling = Telling(by=officer, valid_from=date(2026, 5, 1), reason="换证")
        write_row(forms.CONTACTS, row, ledger, telling)
    now = ContactFact.objects.get(subject__number="000001", certificate="W-7")
    assert (now.name, now.phone, now.valid_from) == (fact.name, fact.phone, date(2026, 5, 1))
    told = Event.objects.filter(action="water_user.contact_set").latest("pk")
    assert (told.subject, told.reason) == (f"water_user:{fact.subject_id}", "换证")


def test_a_row_reads_back_as_its_fields(officer: Account) -> None:
    settle_demo_ledger(officer, the_office().place)
    ledger = read_ledger(officer, the_office().place, WANTED)
    fact = MeterFact.objects.get(subject__number="YR-02")
    said = meter_fields(row_of(forms.METERS, fact), ledger)
    assert (said.site, said.source, said.parent) == (fact.site_id, fact.source_id, fact.parent_id)
    assert (said.level, said.role, said.multiplier, said.nominal_mm) == (2, "use", 1, 100)
    assert activity_fields({"code": "布", "unit": "米", "amount": Decimal(0)}, ledger).amount == 0
    assert contact_fields({"duty": "填报人", "name": "甲"}, ledger).duty == "filer"
    with pytest.raises(ServiceError, match="moved"):
        there(forms.USERS, user_key("999"), ledger)
    with pytest.raises(ServiceError, match="moved"):
        place_of({"district": "无"}, ledger)
