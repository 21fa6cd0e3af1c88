"""Arrears count what is owed and overdue; a refund lowers both what was charged and what came in."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.charges.made_up import Callbacks, City
from shuiheng.adapters.records.models import Charge, ChargeEntryKind
from shuiheng.services.charges.arrears import arrears, owed_of
from shuiheng.services.charges.keep_entries import AskedBack, Paid, ask_back, record_payment, release
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
DUE = date(2026, 1, 31)


def test_only_what_is_overdue_is_aged_and_the_rate_is_of_all(
    city: City, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for name in ("甲", "乙", "丙"):
        city.user(name, litres={3: 120_000})
    city.issued(django_capture_on_commit_callbacks)
    first, second, third = Charge.objects.order_by("pk")
    Charge.objects.filter(pk__in=(first.pk, second.pk)).update(due_on=DUE)
    today = timezone.localdate()
    record_payment(city.clerk, first.pk, Paid(amount=Decimal(120), on=today, receipt="1"))
    record_payment(city.clerk, second.pk, Paid(amount=Decimal(20), on=today, receipt="2"))
    asked = AskedBack(kind=ChargeEntryKind.REFUND, amount=Decimal(20), reason="多收")
    release(city.reviewer, ask_back(city.clerk, first.pk, asked).pk)
    stands = arrears(sight(city.clerk, Action.CHARGES_LOOK), DUE + timedelta(days=31))
    assert [row.pk for row in stands.overdue] == [second.pk]
    assert owed_of(stands.overdue[0]) == Decimal(100)
    assert [(age.count, age.owed) for age in stands.ages[:2]] == [(0, 0), (1, Decimal(100))]
    assert (stands.charged, stands.paid) == (Decimal(340), Decimal(120))
    assert stands.rate is not None
    assert stands.rate.steps[-1].formula == "120.00 ÷ 340.00"
    assert third.due_on is not None
    assert arrears(sight(city.clerk, Action.CHARGES_LOOK), DUE).overdue == []


def test_without_charges_no_rate_exists(city: City) -> None:
    assert arrears(sight(city.clerk, Action.CHARGES_LOOK), DUE).rate is None
