"""Months that changed since a figure: by what they were then, only those that differ now and are taken in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adapters.records.test_settled_turns import official
from office import make_account, the_office
from services.indicators.ledger_city import MONTHS, YEAR, ledger_city, settled_user
from shuiheng.adapters.records.models import LedgerBatch, Meter, ReadingEdit, Role, SettledMonth, UserFact
from shuiheng.adapters.records.queries_fact_rows import Taken
from shuiheng.adapters.records.queries_settled_turns import (
    beliefs_since,
    edits_since,
    meters_named,
    turned_meters,
    turned_months,
)
from shuiheng.services.inspections.city_sight import CitySight

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_month_is_told_as_it_was_at_each_figure() -> None:
    city = ledger_city()
    mill = settled_user(city, "印染厂", use_class="industry")
    home = settled_user(city, "小区", use_class="residential")
    seen = CitySight(city.place)
    taken = Taken(city=city.place.pk, district=None, classes=("industry",), source="", not_divisions=())
    first = official(city, "indicator:a", YEAR)
    rows = SettledMonth.objects.filter(meter__user=mill)
    rows.filter(month=MONTHS[4]).update(by_time_litres=20_000_000)
    rows.filter(month=MONTHS[5]).update(by_time_litres=1)
    rows.filter(month=MONTHS[5]).update(by_time_litres=10_000_000)  # back to what it was
    SettledMonth.objects.filter(meter__user=home, month=MONTHS[4]).update(by_time_litres=1)
    second = official(city, "indicator:b", YEAR)
    rows.filter(month=MONTHS[4]).update(by_time_litres=30_000_000)
    (one,), (other,) = (turned_months(seen, taken, each, YEAR) for each in (first, second))
    assert (one.user, one.month, one.before, one.after) == (
        mill.pk,
        MONTHS[4],
        (10_000_000, 0),
        (30_000_000, 0),
    )
    assert other.before == (20_000_000, 0)
    meters = {meter.user_id: meter.pk for meter in Meter.objects.all()}
    assert turned_meters(seen, first, YEAR) == {meters[mill.pk], meters[home.pk]}
    assert turned_meters(seen, second, YEAR) == {meters[mill.pk]}
    assert turned_months(seen, taken, first, YEAR - 1) == []
    assert meters_named(seen, [one.meter])[one.meter].user == mill


def test_edits_and_beliefs_since_an_instant_are_told_the_newest_first() -> None:
    city = ledger_city()
    mill = settled_user(city, "印染厂", use_class="industry")
    meter = Meter.objects.get(user=mill)
    doer = make_account("reviewer", Role.OFFICE_REVIEWER)
    unit = the_office()
    edits = []
    for number, undone in enumerate((None, THEN + timedelta(days=2))):
        batch = LedgerBatch.objects.create(
            kind="edit",
            place=city.place,
            organisation=unit,
            made_by=doer,
            undone_at=undone,
            sha256=f"{number:064}",
        )
        LedgerBatch.objects.filter(pk=batch.pk).update(made_at=THEN + timedelta(days=-number))
        edits.append(ReadingEdit.objects.create(meter=meter, batch=batch, read_at=THEN, litres=5))
    seen = CitySight(city.place)
    assert edits_since(seen, [meter.pk], THEN - timedelta(hours=1)) == [edits[1], edits[0]]
    assert edits_since(seen, [meter.pk], THEN + timedelta(days=1)) == [edits[1]]
    assert edits_since(seen, [meter.pk], THEN + timedelta(days=3)) == []
    known = UserFact.objects.get(subject=mill)
    assert beliefs_since(seen, city.place.pk, YEAR, known.recorded_at, most=9) == []
    found = beliefs_since(seen, city.place.pk, YEAR, known.recorded_at - timedelta(days=1), most=9)
    assert {type(each).__name__ for each in found} == {"UserFact", "MeterFact"}
    assert (
        beliefs_since(seen, city.place.pk, YEAR, known.recorded_at - timedelta(days=1), most=1) == found[:1]
    )
    assert beliefs_since(seen, city.place.pk, 2020, known.recorded_at - timedelta(days=1), most=9) == []
