"""The parties of a case read a message once for each cause."""

from __future__ import annotations

import pytest

from services.cases.acting import Cast
from shuiheng.adapters.records.models import Message
from shuiheng.services.cases.commission_case import commission_case
from shuiheng.services.cases.tell_parties import tell_parties

pytestmark = pytest.mark.django_db


def test_unit_and_third_party_read_it_once_and_keepers_what_counts(cast: Cast) -> None:
    row = commission_case(cast.city.clerk, cast.invited().pk, cast.third_unit.pk)
    blanks = {"step": "初审", "reason": "缺页"}
    assert tell_parties(row, "case_returned", "1", blanks) == 2
    assert tell_parties(row, "case_returned", "1", blanks) == 0
    assert tell_parties(row, "case_returned", "2", blanks) == 2
    assert "青禾中学" in Message.objects.first().title  # type: ignore[union-attr]  # there is one
    assert tell_parties(row, "case_expired", "1", {"day": "2025-03-01"}) == 4
