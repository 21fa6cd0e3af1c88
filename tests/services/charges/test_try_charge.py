"""A trial says each step of what was typed; what is typed never binds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import City
from shuiheng.adapters.records.models import Account
from shuiheng.kernel.derivation import Derived
from shuiheng.services.charges.try_charge import Asked, try_charge
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError

pytestmark = pytest.mark.django_db
BANDS = {"up_to_1": "10", "multiple_1": "1", "up_to_2": "30", "multiple_2": "2", "multiple_3": "3"}


def _tried(city: City, **fields: str) -> Derived:
    asked = Asked(
        city=city.metered.place.pk, kind=fields.pop("kind", "over_plan"), on=date(2025, 3, 1), fields=fields
    )
    return try_charge(city.clerk, asked)


@pytest.mark.parametrize(
    ("volume", "amount"),
    [("1000", "0.00"), ("1100", "100.00"), ("1101", "102.00"), ("1300", "500.00"), ("1301", "503.00")],
)
def test_both_sides_of_each_edge_are_right(city: City, volume: str, amount: str) -> None:
    derived = _tried(city, volume=volume, plan="1000", price="1", **BANDS)
    assert (derived.value, derived.is_trial) == (Decimal(amount), True)


def test_a_total_multiple_and_a_dead_band_are_taken_as_typed(city: City) -> None:
    derived = _tried(city, volume="1100", plan="1000", price="1", mode="total", multiple_1="3", dead_band="5")
    assert derived.value == Decimal("100.00")  # 50 m³ free, 50 m³ × (3 − 1)


def test_rules_in_force_that_are_checked_are_no_trial(city: City) -> None:
    assert not _tried(city, volume="130", plan="100", price_class="special").is_trial
    assert _tried(city, kind="non_household", volume="10").value == Decimal("40.00")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"volume": "-1", "plan": "1"}, "charges.trial_unread"),
        ({"volume": "1e99", "plan": "1"}, "charges.trial_unread"),
        ({"volume": "1"}, "charges.figure_unusable"),
        ({"volume": "1", "plan": "1", "multiple_1": "1", "up_to_1": "5"}, "charges.bad_rule"),
        ({"kind": "poetry"}, "services.nothing_chosen"),
        ({"kind": "late_fee", "due_on": "2025-01-01"}, "charges.figure_unusable"),
    ],
)
def test_what_cannot_be_tried_is_refused(city: City, fields: dict[str, str], code: str) -> None:
    with pytest.raises(ServiceError) as refused:
        _tried(city, **fields)
    assert refused.value.code == code


def test_a_city_that_is_not_in_sight_is_not_there(city: City) -> None:
    asked = Asked(city=city.metered.place.pk + 999, kind="over_plan", on=date(2025, 3, 1))
    with pytest.raises(NotThereError):
        try_charge(city.clerk, asked)
    with pytest.raises(NotPermittedError):
        try_charge(Account.objects.create(username="ren"), asked)
