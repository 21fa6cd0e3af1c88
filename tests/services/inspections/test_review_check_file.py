"""A second person reviews a file of a check; a file on which an order rests stays accepted."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from services.inspections.check_city import CheckedCity
from shuiheng.adapters.records.models import CheckFile, CheckFileState
from shuiheng.programmes.evidence import WhyNot, why_not
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.review_check_file import evidence_of, review_check_file

pytestmark = pytest.mark.django_db


def test_who_brought_a_file_does_not_review_it_and_a_refusal_says_why(checked: CheckedCity) -> None:
    file = checked.photo(checked.check())
    with pytest.raises(ServiceError, match=r"checks\.reason_needed"):
        review_check_file(checked.reviewer, file.pk, is_accepted=False)
    assert review_check_file(checked.reviewer, file.pk, is_accepted=True).state == CheckFileState.REVIEWED
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckFile.objects.filter(pk=file.pk).update(reviewed_by=file.added_by)


def test_a_file_on_which_an_order_rests_is_not_rejected(checked: CheckedCity) -> None:
    made = checked.ordered(checked.recorded())
    with pytest.raises(ServiceError, match=r"checks\.file_used"):
        review_check_file(checked.leader, made.files.get().pk, is_accepted=False, note="看错了")


def test_a_photo_is_evidence_only_after_its_review(checked: CheckedCity) -> None:
    file = checked.photo(checked.check())
    assert why_not(evidence_of(file)) is WhyNot.UNREVIEWED
    assert why_not(evidence_of(review_check_file(checked.reviewer, file.pk, is_accepted=True))) is None
