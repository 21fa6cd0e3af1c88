"""The demo city has an inspection that was drawn, one that waits for its number and a draft, made once."""

from __future__ import annotations

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import InspectionDraw, Role
from shuiheng.programmes.draw.verify import check_record
from shuiheng.services.inspections.demo_inspections import settle_demo_inspections
from shuiheng.services.ledger.demo_ledger import settle_demo_ledger

pytestmark = pytest.mark.django_db


def test_inspections_are_made_once_in_three_states() -> None:
    city = the_office().place
    officer = make_account("officer", Role.OFFICE_CLERK)
    assert settle_demo_inspections(city) == 0
    make_account("reviewer", Role.OFFICE_REVIEWER)
    make_account("leader", Role.OFFICE_LEADER)
    settle_demo_ledger(officer, city)
    assert settle_demo_inspections(city) == 3
    assert settle_demo_inspections(city) == 0
    states = InspectionDraw.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["drawn", "committed", "draft"]
    first = InspectionDraw.objects.get(state="drawn")
    assert first.published_at is not None
    assert check_record(first.record, first.commitment) == first.size
