"""What counts for a target is told as JSON; what is not known is null and not 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import PlanVersion
from shuiheng.services.cases.count_json import count_json, plain_number
from shuiheng.services.cases.count_target import count_target, desk_of

pytestmark = pytest.mark.django_db


def test_a_count_and_what_nothing_counts(city: CaseCity, published: PlanVersion) -> None:
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    desk = desk_of(published.plan.place, timezone.localdate())
    built = count_json(count_target(desk, one("节水型企业")))
    assert (built["value"], built["wanted"], built["short"]) == ("1", "12", "11")
    assert built["districts"] == {str(city.district.pk): "1"} and built["stages"]["done"] == 1
    loss = count_json(count_target(desk, one("漏损率")))
    assert (loss["value"], loss["stages"], loss["districts"]) == (None, None, None)


def test_numbers_have_no_needless_zeros() -> None:
    assert plain_number(Decimal("100.000")) == "100" and plain_number(None) is None
