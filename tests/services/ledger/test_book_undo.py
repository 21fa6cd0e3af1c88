"""Taking a batch back twice is as good as once, and a trial changes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from office import the_office
from services.ledger.books import beliefs
from shuiheng.adapters.records.models import Account, LedgerBatch, Organisation
from shuiheng.services.ledger.book_undo import take_all_back
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger
from shuiheng.services.ledger.keep_facts import Telling
from shuiheng.services.ledger.keep_water_user import WaterUserFields, write_change, write_water_user

pytestmark = pytest.mark.django_db


def test_taking_back_twice_is_as_good_as_once(officer: Account) -> None:
    office = the_office()
    settle_demo_ledger(officer, office.place)
    before = beliefs()
    batch = LedgerBatch.objects.create(
        kind="ledger_workbook", place=office.place, organisation=office, sha256="0" * 64
    )
    telling = Telling(by=officer, valid_from=date(2026, 1, 1), reason="核对", batch=batch)
    fields = WaterUserFields(name="新厂", district=office.place.pk, no_code_reason="演示")
    later = WaterUserFields(name="示例小学", district=office.place.pk, no_code_reason="演示")
    old = Organisation.objects.get(name="示例中学").water_user
    with transaction.atomic():
        user = write_water_user(office.place, fields, telling)
    with transaction.atomic():
        write_change(old, office.place, later, telling)
    after = beliefs()
    take_all_back(batch, by=officer, reason="传错", is_trial=True)
    assert beliefs() == after
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    for _ in range(2):
        take_all_back(batch, by=officer, reason="传错")
        assert beliefs() == before
    user.organisation.refresh_from_db()
    old.organisation.refresh_from_db()
    assert user.organisation.to_on is not None
    assert (old.organisation.name, old.organisation.to_on) == ("示例中学", None)
