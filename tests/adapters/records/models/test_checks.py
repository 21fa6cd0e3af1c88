"""The database refuses checks, files, orders and proofs that one person did alone, or that lack their day."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from services.inspections.check_city import CheckedCity, checked
from shuiheng.adapters.records.models import Check, CheckFile, CheckMember, CheckOrder, OrderProof
from shuiheng.services.inspections.close_order import prove_order, serve_order

pytestmark = pytest.mark.django_db
__all__ = ["checked"]


def test_nothing_is_published_that_was_not_recorded(checked: CheckedCity) -> None:
    row = checked.check()
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=row.pk).update(published_on=timezone.localdate())


def test_one_account_signs_a_check_once_and_reviews_no_file_of_its_own(checked: CheckedCity) -> None:
    row = checked.check()
    file = checked.photo(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckMember.objects.filter(of=row).update(signed_by=checked.inspectors[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckFile.objects.filter(pk=file.pk).update(reviewed_by=file.added_by)


def test_an_order_has_its_day_and_only_a_fine_an_amount(checked: CheckedCity) -> None:
    made = checked.ordered(checked.recorded())
    for changes in ({"state": "served"}, {"fine_yuan": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CheckOrder.objects.filter(pk=made.pk).update(**changes)
    serve_order(checked.reviewer, made.pk, served_on=timezone.localdate())
    proof = prove_order(checked.filer(checked.user("甲厂")), made.pk, words="已装表")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderProof.objects.filter(pk=proof.pk).update(looked_by=proof.sent_by)
