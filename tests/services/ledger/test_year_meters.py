"""A user's year is what its meters at the entrance told; what nobody told leaves it open."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from services.ledger.used_city import FIRST, add_entrance, add_kind, add_used, add_user, settle
from shuiheng.adapters.records.models import Account, Meter, SettledMonth, SourceKind, WaterUser
from shuiheng.metering.annual_use import AnnualUse
from shuiheng.services.ledger.keep_meter import MeterFields, change_meter
from shuiheng.services.ledger.year_meters import UserYear, use_of, year_meters

pytestmark = pytest.mark.django_db
ALL: frozenset[str] = frozenset()
SUPPLY, ABSTRACTION = frozenset({"supply"}), frozenset({"abstraction"})
WHOLE_YEAR = dict.fromkeys(range(1, 13), 10)


def _use(user: WaterUser, kinds: frozenset[str] = ALL, year: int = 2025) -> AnnualUse:
    return use_of(year_meters(the_office().place, year).get(user.pk, UserYear()), kinds, year)


def test_a_whole_year_is_exact_and_inner_meters_do_not_count(officer: Account) -> None:
    user = add_used(officer, "甲厂", 10)
    inner = add_entrance(officer, user, None, level=2)
    settle(inner, 2025, WHOLE_YEAR)
    use = _use(user)
    assert (use.least_litres, use.most_litres, use.missing_share) == (120_000, 120_000, 0)


def test_a_silent_month_is_bounded_by_the_overload_flow_of_its_meter(officer: Account) -> None:
    user = add_used(officer, "甲厂", 10, silent=(2,), q3="16")
    use = _use(user)
    assert use.least_litres == 110_000
    assert use.most_litres == 110_000 + 28 * 24 * 20_000  # 16 m³/h, a quarter more at most
    other = add_used(officer, "乙厂", 10, silent=(2,))
    assert _use(other).most_litres is None


def test_water_is_told_by_its_source(officer: Account) -> None:
    user = add_user(officer, "甲厂")
    for kind, volume in ((SourceKind.SUPPLY, 10), (SourceKind.ABSTRACTION, 30)):
        meter = add_entrance(officer, user, add_kind(officer, user, kind))
        settle(meter, 2025, dict.fromkeys(range(1, 13), volume))
    uses = [_use(user, kinds) for kinds in (SUPPLY, ABSTRACTION, ALL)]
    assert [use.least_litres for use in uses] == [120_000, 360_000, 480_000]
    assert all(use.most_litres == use.least_litres for use in uses)


def test_a_source_without_a_meter_leaves_the_year_open(officer: Account) -> None:
    user = add_used(officer, "甲厂", 10)
    add_kind(officer, user, SourceKind.ABSTRACTION)
    assert _use(user).most_litres is None
    assert _use(user, SUPPLY).most_litres == 120_000
    assert _use(user, ABSTRACTION).known_litres is None


def test_a_meter_of_unknown_source_counts_where_only_one_kind_can_be_meant(officer: Account) -> None:
    user = add_user(officer, "甲厂")
    meter = add_entrance(officer, user, None)
    settle(meter, 2025, WHOLE_YEAR)
    add_kind(officer, user, SourceKind.SUPPLY)
    assert _use(user, SUPPLY).most_litres == 120_000
    add_kind(officer, user, SourceKind.ABSTRACTION)
    use = _use(user, SUPPLY)
    assert (use.known_litres, use.most_litres) == (None, None)
    assert _use(user).most_litres == 120_000


def test_days_of_which_nothing_is_told_are_missing_and_a_meter_out_of_use_is_not(officer: Account) -> None:
    late = add_user(officer, "甲厂")
    source = add_kind(officer, late, SourceKind.SUPPLY)
    meter = add_entrance(officer, late, source, valid_from=date(2025, 7, 1))
    settle(meter, 2025, dict.fromkeys(range(7, 13), 10))
    use = _use(late)
    assert (use.least_litres, use.most_litres) == (60_000, None)
    assert round(float(use.missing_share), 3) == round(181 / 365, 3)
    stopped = add_used(officer, "乙厂", 10)
    change_meter(
        officer,
        Meter.objects.get(user=stopped).pk,
        MeterFields(is_active=False, source=stopped.sources.get().pk),
        valid_from=date(2025, 7, 1),
        reason="停产",
    )
    use = _use(stopped)
    assert (use.least_litres, use.most_litres, use.missing_share) == (60_000, 60_000, 0)


def test_the_month_in_which_a_meter_goes_behind_another_is_that_of_the_other(officer: Account) -> None:
    user = add_used(officer, "甲厂", 10)
    source, old = user.sources.get(), Meter.objects.get(user=user)
    new = add_entrance(officer, user, source, valid_from=date(2025, 7, 10))
    settle(new, 2025, dict.fromkeys(range(7, 13), 10))
    behind = MeterFields(level=2, parent=new.pk, source=source.pk)
    change_meter(officer, old.pk, behind, valid_from=date(2025, 7, 10), reason="加装总表")
    use = _use(user)
    assert use.least_litres == 120_000  # six months by the old one, six by the new
    assert round(float(use.missing_share), 3) == round(9 / 365, 3)  # the first nine days of July


def test_estimates_count_beside_what_is_measured(officer: Account) -> None:
    user = add_used(officer, "甲厂", 10, silent=(3,))
    SettledMonth.objects.filter(month=date(2025, 3, 1)).update(
        missing_seconds=0, estimated_seconds=31 * 86_400, estimated_litres=9_000, rung="E3"
    )
    use = _use(user)
    assert (use.known_litres, use.measured_litres, use.most_litres) == (119_000, 110_000, 119_000)
    assert use.estimated_share > 0


def test_another_year_and_another_user_are_their_own(officer: Account) -> None:
    user = add_used(officer, "甲厂", 10, years=(2024,))
    assert FIRST.year < 2024 and _use(user, year=2024).least_litres == 120_000
    assert _use(user).known_litres is None
    assert use_of(UserYear(), ALL, 2025).known_litres is None
