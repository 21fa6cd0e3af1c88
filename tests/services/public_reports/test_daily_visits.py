"""An address is counted without being kept, and nothing leads back to it on the next day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from shuiheng.adapters.records.models import PublicVisitor
from shuiheng.services.errors import ServiceError
from shuiheng.services.public_reports.daily_visits import count_visit

pytestmark = pytest.mark.django_db
HERE, THERE = "203.0.113.5", "203.0.113.6"


def test_what_is_over_the_limit_is_refused_for_one_address_only() -> None:
    for _ in range(2):
        count_visit(HERE, "reports", limit=2)
    with pytest.raises(ServiceError) as refused:
        count_visit(HERE, "reports", limit=2)
    assert refused.value.code == "public_reports.too_many"
    count_visit(THERE, "reports", limit=2)
    count_visit(HERE, "lookups", limit=1)
    told = str(list(PublicVisitor.objects.values()))
    assert HERE not in told and PublicVisitor.objects.filter(reports=2).count() == 1


def test_a_household_with_many_addresses_counts_as_one() -> None:
    count_visit("2001:db8:1:2::1", "reports", limit=1)
    with pytest.raises(ServiceError):
        count_visit("2001:db8:1:2:ffff::9", "reports", limit=1)


def test_marks_and_salt_of_yesterday_are_gone() -> None:
    count_visit(HERE, "reports", limit=1)
    marks = set(PublicVisitor.objects.exclude(mark="").values_list("mark", flat=True))
    PublicVisitor.objects.update(day=timezone.localdate() - timedelta(days=1))
    count_visit(HERE, "reports", limit=1)
    assert not PublicVisitor.objects.exclude(day=timezone.localdate()).exists()
    assert not marks & set(PublicVisitor.objects.values_list("mark", flat=True))
