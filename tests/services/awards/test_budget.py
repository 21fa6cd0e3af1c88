"""Only approved and paid awards bind a budget, and it bears them to the fen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.awards.made_up import City
from shuiheng.adapters.records.models import SchemeKind
from shuiheng.services.awards.budget import committed_yuan, refuse_over_budget
from shuiheng.services.errors import ServiceError

pytestmark = pytest.mark.django_db


def test_what_is_asked_for_binds_nothing_until_it_is_approved(city: City) -> None:
    scheme = city.scheme(budget="60000")
    city.asked(city.user("甲厂"), scheme)
    assert committed_yuan(scheme) == 0
    city.granted(city.user("乙厂"), scheme)
    assert committed_yuan(scheme) == Decimal("50000.00")
    refuse_over_budget(scheme, Decimal("10000.00"))
    with pytest.raises(ServiceError) as refused:
        refuse_over_budget(scheme, Decimal("10000.01"))
    assert refused.value.values == {"amount": "10000.01", "rest": "10000.00"}


def test_a_scheme_without_a_budget_bears_any_amount(city: City) -> None:
    refuse_over_budget(city.scheme(kind=SchemeKind.RELIEF, budget=None), Decimal(10) ** 12)
