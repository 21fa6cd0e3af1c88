"""Whatever moves a total marks its months; what moves none marks nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from metered_city import BELIEVED, MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    MeterFact,
    SettledMonth,
    SourceFact,
    UseMark,
    UserFact,
    WaterSource,
)
from shuiheng.adapters.records.use_marks import markers

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
ALWAYS = (date(1, 1, 1), None)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


def _taken() -> set[tuple[date, date | None]]:
    """Return the marks that stand, and take them away."""
    found = set(UseMark.objects.values_list("first", "last"))
    UseMark.objects.all().delete()
    return found


def test_a_settled_month_marks_itself_however_it_changes(city: MeteredCity) -> None:
    meter = city.meter(city.user("青禾印染厂", city.districts[0]))
    rows = SettledMonth.objects.filter(meter=meter)
    _taken()
    settle(meter, MAY, 7)
    assert _taken() == {(MAY, MAY)}
    rows.update(estimated_litres=1)
    assert _taken() == {(MAY, MAY)}
    again = SettledMonth(meter=meter, month=MAY, by_time_litres=8)
    SettledMonth.objects.bulk_create(
        [again], update_conflicts=True, unique_fields=["meter", "month"], update_fields=["by_time_litres"]
    )
    assert _taken() == {(MAY, MAY)}
    rows.update(month=JUNE)
    assert _taken() == {(MAY, MAY), (JUNE, JUNE)}
    rows.delete()
    assert _taken() == {(JUNE, JUNE)}


def test_settling_the_same_again_marks_nothing(city: MeteredCity) -> None:
    meter = city.meter(city.user("青禾印染厂", city.districts[0]))
    settle(meter, MAY, 7)
    _taken()
    SettledMonth.objects.filter(meter=meter).update(by_time_litres=7, generation=9, settled_at=BELIEVED)
    assert _taken() == set()


def test_a_belief_marks_the_months_for_which_it_is_held(city: MeteredCity) -> None:
    user = city.user("青禾印染厂", city.districts[0])
    first, end = date(2026, 5, 20), date(2026, 6, 3)
    days = {"valid_from": first, "valid_to": end, "recorded_at": BELIEVED}
    told = (
        (UserFact, {"subject": user, "name": "青禾"}),
        (MeterFact, {"subject": city.meter(user)}),
        (SourceFact, {"subject": user.sources.get(), "water_kind": "reclaimed"}),
    )
    for table, values in told:
        _taken()
        belief = table.objects.create(**values, **days)
        assert _taken() == {(MAY, end)}
        table.objects.filter(pk=belief.pk).update(superseded_at=BELIEVED)
        assert _taken() == {(MAY, end)}
        table.objects.create(**values, valid_from=first, recorded_at=BELIEVED)
        assert _taken() == {(MAY, None)}


def test_a_person_who_is_erased_marks_nothing(city: MeteredCity) -> None:
    user = city.user("青禾印染厂", None, legal_person="甲", superseded_at=BELIEVED)
    _taken()
    UserFact.objects.filter(subject=user).update(legal_person="")
    assert _taken() == set()


def test_another_owner_of_a_meter_and_another_kind_of_source_mark_all_months(city: MeteredCity) -> None:
    user, other = (city.user(name, city.districts[0]) for name in ("青禾印染厂", "青禾纸厂"))
    meter = city.meter(user)
    _taken()
    meter.user = other
    meter.save()
    assert _taken() == {ALWAYS}
    meter.save()
    assert _taken() == set()
    WaterSource.objects.filter(user=user).update(kind="abstraction")
    assert _taken() == {ALWAYS}
    WaterSource.objects.filter(user=user).update(number="9")
    assert _taken() == set()


def test_many_changes_of_a_month_are_one_mark(city: MeteredCity) -> None:
    meters = [city.meter(city.user(f"青禾{n}", None)) for n in range(9)]
    UseMark.objects.all().delete()
    SettledMonth.objects.bulk_create(
        SettledMonth(meter=meter, month=month) for meter in meters for month in (MAY, JUNE)
    )
    assert sorted(UseMark.objects.values_list("first", "last")) == [(MAY, MAY), (JUNE, JUNE)]


def test_every_marker_stands_and_has_a_name_of_its_own() -> None:
    names = {marker.trigger for marker in markers()}
    assert len(names) == len(markers())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        assert names <= {name for (name,) in cursor.fetchall()}
