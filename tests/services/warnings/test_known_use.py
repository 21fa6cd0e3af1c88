"""What is known of users: shares of time, seasons, water of sources, doubts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from metered_city import MeteredCity, settle
from shuiheng.adapters.records.models import Account, MeterFinding, UseProfile
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.adapters.records.use_figures import Use
from shuiheng.allowances.forecast import Season
from shuiheng.services.warnings.known_use import doubtful_users, known_years, season_shapes, told_month
from shuiheng.services.warnings.worker_sight import WorkerSight
from warned import warned_city, warned_user

pytestmark = pytest.mark.django_db
MAY, TODAY = date(2026, 5, 1), date(2026, 5, 20)
AT = datetime(2026, 5, 2, tzinfo=UTC)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return warned_city(officer)


def test_a_month_of_which_half_is_missing_is_told_by_half() -> None:
    told = told_month(
        MAY, Use(told_litres=5_000, estimated_litres=1_000, meters=1, measured_seconds=10, missing_seconds=10)
    )
    assert told is not None
    assert (told.m3, told.estimated_m3, told.told_share) == (Decimal(6), Decimal(1), Decimal("0.5"))
    assert told_month(MAY, Use(meters=2, silent=2, missing_seconds=10)) is None


def test_water_of_a_source_with_its_own_allowance_is_not_counted_twice(city: MeteredCity) -> None:
    user = warned_user(city)
    user.uses(date(2026, 4, 1), [30])
    other = city.meter(user.user, source=None)
    settle(other, date(2026, 4, 1), 12_000)
    seen = WorkerSight()
    whole = effective_months(seen, year=2026, on=TODAY)
    known = known_years(seen, whole, year=2026, today=TODAY)
    assert known[user.allowance.pk].months[date(2026, 4, 1)].m3 == 42
    second = warned_user(city, "青禾二厂")  # lends its allowance to the source of the first user
    second.allowance.user, second.allowance.source = user.user, user.user.sources.first()
    second.allowance.save()
    both = effective_months(seen, year=2026, on=TODAY)
    known = known_years(seen, both, year=2026, today=TODAY)
    assert known[second.allowance.pk].months[date(2026, 4, 1)].m3 == 30
    assert known[user.allowance.pk].months[date(2026, 4, 1)].m3 == 12


def test_a_profile_of_its_own_goes_before_that_of_the_class(city: MeteredCity) -> None:
    plain, own = warned_user(city), warned_user(city, "青禾二厂")
    UseProfile.objects.create(
        subject=own.user,
        hours=",".join(["1"] * 168),
        months=",".join(["2", *["1"] * 11]),
        weeks=8,
        valid_from=date(2026, 1, 1),
        recorded_at=AT,
    )
    shapes = season_shapes([plain.user.pk, own.user.pk], TODAY)
    assert shapes[plain.user.pk].kind is Season.CLASS_PROFILE
    assert shapes[own.user.pk].kind is Season.OWN_PROFILE
    assert shapes[own.user.pk].weights[:2] == (Decimal(62), Decimal(28))  # days times weight


@pytest.mark.parametrize(
    ("fields", "is_doubtful"),
    [
        ({}, True),
        ({"severity": "warn"}, False),
        ({"decision": "dismissed"}, False),
        ({"gone_at": AT}, False),
        ({"at": AT.replace(year=2025)}, False),
    ],
)
def test_grave_open_findings_of_the_year_make_use_doubtful(
    city: MeteredCity, fields: dict[str, object], is_doubtful: bool
) -> None:
    user = warned_user(city)
    plain = {"rule": "V5", "code": "metering.reverse", "mark": "m", "severity": "disqualify", "at": AT}
    MeterFinding.objects.create(meter=user.meter, found_at=AT, **(plain | fields))
    assert (user.user.pk in doubtful_users([user.user.pk], year=2026)) is is_doubtful
