"""Who pays: allowances of own abstraction are left to the tax, and unclear classes stay unclear."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import City
from shuiheng.adapters.records.models import SourceFact, WaterSource
from shuiheng.adapters.records.queries_charges import UsedSource
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.run_figures import gather, tax_class
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


def test_an_allowance_of_own_abstraction_has_no_tap_water_price(city: City) -> None:
    city.user("甲", litres={3: 120_000})
    well = city.user("乙", litres={3: 120_000})
    well.sources.update(kind="abstraction")
    seen = sight(city.clerk, Action.CHARGES_KEEP)
    gathered = gather(seen, city.metered.place, RunKind.OVER_PLAN, [MARCH])
    assert [each.price_class for each in gathered.payables] == ["industry"]
    assert gathered.left_out == 1
    (taxed,) = gather(seen, city.metered.place, RunKind.RESOURCE_TAX, [MARCH]).payables
    assert (taxed.user, taxed.allowed) == (well.pk, None)  # its allowance covers the user, not the source


def test_two_sources_of_different_classes_leave_the_price_open(city: City) -> None:
    user = city.user("甲", litres={3: 120_000})
    city.restate(user, price_class="non_residential")
    second = WaterSource.objects.create(user=user, number="2", kind="supply")
    SourceFact.objects.create(
        subject=second,
        water_kind="tap",
        price_class="special",
        valid_from=date(2024, 1, 1),
        recorded_at=user.created_at,
    )
    seen = sight(city.clerk, Action.CHARGES_KEEP)
    (payable,) = gather(seen, city.metered.place, RunKind.OVER_PLAN, [MARCH]).payables
    assert payable.price_class is None
    volume, plan = payable.volume(MARCH), payable.plan(MARCH)
    assert volume is not None and plan is not None
    assert (volume.value, plan.value) == (Decimal(120), Decimal(100))


@pytest.mark.parametrize(
    ("water", "use_class", "price_class", "is_supplier", "expected"),
    [
        ("surface", "industry", "", False, "surface_other"),
        ("groundwater", "services", "special", False, "ground_special"),
        ("groundwater", "services", "", True, "ground_public_supply"),
        ("groundwater", "agriculture", "", False, None),
        ("geothermal", "services", "", False, None),
    ],
)
def test_a_person_judges_what_no_rate_is_sure_for(
    water: str, use_class: str, price_class: str, is_supplier: bool, expected: str | None
) -> None:
    source = UsedSource(
        key=1,
        user=1,
        number="1",
        kind="abstraction",
        price_class=price_class,
        use_class=use_class,
        water_kind=water,
        is_supplier=is_supplier,
    )
    assert tax_class(source) == expected
