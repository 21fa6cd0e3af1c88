"""The database itself keeps two persons for a bad record and one open request of a kind."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from services.awards.made_up import city  # noqa: F401  used by name
from services.credit.made_up import BAD, GOOD, City
from shuiheng.adapters.records.models import CreditRecord, CreditRequest
from shuiheng.services.credit.keep_credit import record_credit

pytestmark = pytest.mark.django_db


def test_who_proposed_a_bad_record_does_not_enter_it(city: City) -> None:  # noqa: F811  the fixture
    unit = city.user("甲厂").organisation_id
    bad = record_credit(city.clerk, unit, BAD)
    good = record_credit(city.clerk, unit, GOOD)
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditRecord.objects.filter(pk=bad.pk).update(released_by=city.clerk)
    CreditRecord.objects.filter(pk=bad.pk).update(released_by=city.leader)
    CreditRecord.objects.filter(pk=good.pk).update(released_by=city.clerk)


def test_one_request_of_a_kind_is_open(city: City) -> None:  # noqa: F811  the fixture
    row = record_credit(city.clerk, city.user("甲厂").organisation_id, BAD)
    asked = {"record": row, "asked_by": city.clerk, "asked_at": timezone.now()}
    asked |= {"due_on": timezone.localdate(), "words": "不实"}
    CreditRequest.objects.create(**asked, kind="objection", state="refused")
    CreditRequest.objects.create(**asked, kind="objection")
    CreditRequest.objects.create(**asked, kind="repair")
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditRequest.objects.create(**asked, kind="objection")
