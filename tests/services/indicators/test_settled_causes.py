"""Why a settled fact is another one: the months that changed, and what the ledger learned, add up to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from metered_city import MeteredCity
from office import make_account
from services.indicators.ledger_city import MONTHS, YEAR, give_plan, ledger_city, settled_user
from shuiheng.adapters.records.models import Account, Figure, Role, SettledMonth, UserFact, WaterUser
from shuiheng.services.errors import NotThereError
from shuiheng.services.indicators.release_figure import release_indicator
from shuiheng.services.indicators.settled_causes import settled_causes
from shuiheng.services.indicators.working_figure import Wanted, working_figure

pytestmark = pytest.mark.django_db
WANTED, FACT = Wanted(indicator="planned_use_rate", year=YEAR), "non_resident_use"
MONTH_LITRES = 10_000_000  # of each user and month: 1 万m³


@pytest.fixture
def city() -> MeteredCity:
    return ledger_city()


@pytest.fixture
def mill(city: MeteredCity) -> WaterUser:
    return settled_user(city, "印染厂", use_class="industry")


@pytest.fixture
def figure(city: MeteredCity, officer: Account, mill: WaterUser) -> Figure:
    """An official figure that rests on the settled months of two users."""
    shop = settled_user(city, "商场", use_class="services", district=1)
    give_plan(city, officer, mill, shop, published=1)
    leader = make_account("leader", Role.OFFICE_LEADER)
    digest = working_figure(city.place, WANTED).digest
    return release_indicator(leader, city.place.pk, WANTED, digest=digest)


def test_months_that_changed_explain_the_whole_difference(figure: Figure, mill: WaterUser) -> None:
    nothing = settled_causes(figure, FACT, YEAR)
    assert (nothing.before, nothing.after, nothing.months, nothing.rest) == (24, 24, [], 0)
    rows = SettledMonth.objects.filter(meter__user=mill)
    rows.filter(month=MONTHS[4]).update(by_time_litres=4 * MONTH_LITRES)
    rows.filter(month=MONTHS[7]).update(by_time_litres=MONTH_LITRES // 2, estimated_litres=MONTH_LITRES // 4)
    found = settled_causes(figure, FACT, YEAR)
    told = [(each.turned.month, each.before, each.after, each.effect) for each in found.months]
    assert told == [
        (MONTHS[4], Decimal(1), Decimal(4), Decimal(3)),
        (MONTHS[7], Decimal(1), Decimal("0.75"), Decimal("-0.25")),
    ]
    assert {each.turned.user for each in found.months} == {mill.pk}
    assert (found.effect, found.rest, found.beliefs) == (Decimal("2.75"), 0, [])
    assert found.after == Decimal("26.75")


def test_what_the_ledger_learned_is_the_rest(figure: Figure, mill: WaterUser) -> None:
    belief = UserFact.objects.get(subject=mill)
    now = timezone.now()
    UserFact.objects.filter(pk=belief.pk).update(superseded_at=now)
    belief.pk, belief.use_class, belief.recorded_at, belief.superseded_at = None, "residential", now, None
    belief.reason = "实为居民小区"
    belief.save(force_insert=True)
    found = settled_causes(figure, FACT, YEAR)
    assert (found.before, found.after, found.rest) == (24, 12, -12)
    assert [each.reason for each in found.beliefs] == ["实为居民小区"]


def test_a_fact_that_is_no_longer_known_has_no_rest(figure: Figure, mill: WaterUser) -> None:
    SettledMonth.objects.filter(month=MONTHS[4]).delete()
    found = settled_causes(figure, FACT, YEAR)
    assert (found.after, found.rest) == (None, None)
    assert [each.after for each in found.months] == [None, None]


def test_what_a_figure_does_not_rest_on_has_no_causes(figure: Figure) -> None:
    for fact, year in (("urban_use", YEAR), (FACT, YEAR - 1), ("gdp", YEAR), ("nothing", YEAR)):
        with pytest.raises(NotThereError):
            settled_causes(figure, fact, year)
    assert figure.up_to == date(YEAR, 12, 31)
