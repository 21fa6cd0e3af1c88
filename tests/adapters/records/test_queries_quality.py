"""Open findings are counted by meter; those that are gone or dismissed are not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from metered_city import MeteredCity, metered_city
from office import the_office
from shuiheng.adapters.records.models import Account, Meter, MeterFinding
from shuiheng.adapters.records.queries_quality import (
    FoundCount,
    FoundFilter,
    MeterTally,
    doubtful_meters,
    found_codes,
    found_counts,
    found_list,
    meter_tally,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
DAY, AT = date(2026, 1, 31), datetime(2026, 1, 20, tzinfo=UTC)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.READINGS_LOOK)


def _found(meter: Meter, code: str, mark: str, **said: object) -> MeterFinding:
    plain = {"rule": "V2", "severity": "warn", "at": AT, "found_at": AT}
    return MeterFinding.objects.create(meter=meter, code=code, mark=mark, **(plain | said))


def test_meters_are_counted_once_for_each_sort(city: MeteredCity, seen: Sight) -> None:
    meter, other = city.meter(city.user("青禾印染厂", city.districts[0])), city.meter(None)
    _found(meter, "metering.gap", "a")
    _found(meter, "metering.gap", "b", decision="confirmed")
    _found(meter, "metering.gap", "c", decision="dismissed")
    _found(meter, "metering.stuck", "d", gone_at=AT)
    _found(other, "metering.gap", "e")
    east = city.districts[0].pk
    assert set(found_counts(seen, DAY)) == {
        FoundCount("metering.gap", "warn", east, 1),
        FoundCount("metering.gap", "warn", None, 1),
    }
    assert meter_tally(seen, DAY) == MeterTally(meters=2, doubtful=2)
    _found(meter, "metering.silent", "f")
    assert doubtful_meters(seen, DAY) == {east: 1, None: 1}
    assert found_codes(seen) == ["metering.gap", "metering.silent", "metering.stuck"]


def test_findings_are_listed_by_district_state_and_words(city: MeteredCity, seen: Sight) -> None:
    meter, other = city.meter(city.user("青禾印染厂", city.districts[0])), city.meter(None)
    here, there = _found(meter, "metering.gap", "a"), _found(other, "metering.gap", "b", at=None)
    gone = _found(other, "metering.stuck", "c", gone_at=AT)

    def listed(**wanted: object) -> list[int]:
        return [row.pk for row in found_list(seen, FoundFilter(**wanted), DAY)]  # type: ignore[arg-type]  # fields

    assert listed() == [here.pk, there.pk]
    assert listed(district=city.districts[0].pk) == [here.pk] and listed(district=0) == [there.pk]
    assert listed(state="gone") == [gone.pk] and listed(state="undecided") == [here.pk, there.pk]
    assert listed(words="印染") == [here.pk] and listed(words=other.number) == [there.pk]
    assert found_list(seen, FoundFilter(), DAY)[0].district_name == "东港区"  # type: ignore[attr-defined]  # annotated


def test_a_note_is_no_open_work_and_a_meter_with_two_severities_counts_once(
    city: MeteredCity, seen: Sight
) -> None:
    meter, other = city.meter(city.user("青禾印染厂", city.districts[0])), city.meter(None)
    heavy = _found(meter, "metering.gap", "a", severity="disqualify")
    warned = _found(meter, "metering.gap", "b")
    note = _found(other, "metering.corrected", "c", severity="note")
    east = city.districts[0].pk
    assert set(found_counts(seen, DAY)) == {
        FoundCount("metering.gap", "disqualify", east, 1),
        FoundCount("metering.corrected", "note", None, 1),
    }
    assert meter_tally(seen, DAY) == MeterTally(meters=2, doubtful=1)
    assert doubtful_meters(seen, DAY) == {east: 1}

    def listed(level: str) -> set[int]:
        return {row.pk for row in found_list(seen, FoundFilter(level=level), DAY)}

    assert listed("weighty") == {heavy.pk, warned.pk}
    assert (listed("disqualify"), listed("warn"), listed("note")) == ({heavy.pk}, {warned.pk}, {note.pk})
    assert listed("") == {heavy.pk, warned.pk, note.pk}
