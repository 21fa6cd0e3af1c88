"""Findings and edits of a meter as a reader sees them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from metered import some_meter
from office import the_office
from shuiheng.adapters.records.models import Account, LedgerBatch, Meter, MeterFinding, ReadingEdit
from shuiheng.adapters.records.queries_meter import (
    edits_between,
    edits_of,
    fact_of_today,
    finding_counts,
    findings_between,
    findings_of,
    findings_of_user,
    meter_in_sight,
    meter_of_edit,
)
from shuiheng.services.ledger.keep_meter import MeterFields, change_meter
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)


def _finding(meter: Meter, name: str, **columns: object) -> MeterFinding:
    plain = {"rule": "V7", "code": f"metering.{name}", "severity": "warn", "at": NOON, "found_at": NOON}
    return MeterFinding.objects.create(meter=meter, mark=name, **(plain | columns))


def test_findings_are_open_decided_or_gone_and_a_decided_one_that_is_gone_stays_decided(
    officer: Account,
) -> None:
    meter, seen = some_meter(officer), sight(officer, Action.READINGS_LOOK)
    _finding(meter, "a")
    _finding(meter, "b", decision="confirmed")
    _finding(meter, "c", gone_at=NOON)
    _finding(meter, "d", gone_at=NOON, decision="dismissed")
    assert finding_counts(seen, meter) == {"open": 1, "decided": 2, "gone": 1, "all": 4}
    assert [each.mark for each in findings_of(seen, meter, "gone")] == ["c"]
    around = findings_between(seen, meter, NOON - timedelta(hours=1), NOON)
    assert [each.mark for each in around] == ["a", "b"]
    assert findings_between(seen, meter, NOON, NOON + timedelta(hours=1)) == []


def test_the_newest_edit_of_an_instant_that_was_not_undone_is_the_one_that_marks_it(
    officer: Account,
) -> None:
    meter, seen = some_meter(officer), sight(officer, Action.READINGS_LOOK)
    plain = {"kind": "edit", "place": meter.city, "organisation": meter.keeper, "sha256": "x"}
    batches = [LedgerBatch.objects.create(state=state, **plain) for state in ("taken", "taken", "undone")]
    for batch, litres in zip(batches, (1, 2, 3), strict=True):
        ReadingEdit.objects.create(meter=meter, batch=batch, read_at=NOON, litres=litres)
    marks = edits_between(seen, meter, NOON - timedelta(seconds=1), NOON)
    assert [each.litres for each in marks.values()] == [2]
    assert [each.batch.pk for each in edits_of(seen, meter)] == [each.pk for each in reversed(batches)]
    edit = ReadingEdit.objects.get(litres=3)
    assert meter_of_edit(seen, edit.pk) == meter.pk and meter_of_edit(seen, edit.pk + 1) is None


def test_a_user_has_the_open_findings_of_its_meters_that_ask_for_something(officer: Account) -> None:
    user = add_water_user(
        officer,
        WaterUserFields(name="青禾印染厂", district=the_office().place_id, no_code_reason="筹建"),
        valid_from=NOON.date(),
    )
    seen = sight(officer, Action.READINGS_LOOK)
    meter, other = some_meter(officer, "B-1", user=user.pk), some_meter(officer, "B-2")
    _finding(meter, "stuck")
    _finding(meter, "stuck_again", code="metering.stuck")
    _finding(meter, "noted", severity="note")
    _finding(other, "elsewhere")
    found = findings_of_user(seen, user)
    assert (found.total, found.counts) == (2, [("V7", "metering.stuck", 2)])
    assert [each.mark for each in found.newest] == ["stuck_again"]  # of each kind the newest


def test_a_meter_out_of_sight_is_none(officer: Account, reader: Account) -> None:
    meter = some_meter(officer, nominal_mm=80)
    seen = sight(officer, Action.READINGS_LOOK)
    assert meter_in_sight(seen, meter.pk) == meter
    assert meter_in_sight(sight(reader, Action.READINGS_LOOK), meter.pk) is None
    fact = fact_of_today(seen, meter, NOON.date())
    assert fact is not None and fact.nominal_mm == 80


def test_what_is_planned_for_a_meter_does_not_hold_today(officer: Account) -> None:
    meter, seen = some_meter(officer, nominal_mm=80), sight(officer, Action.READINGS_LOOK)
    day = meter.facts.get().valid_from + timedelta(days=400)
    change_meter(officer, meter.pk, MeterFields(nominal_mm=100), valid_from=day, reason="换大表")
    found = [fact_of_today(seen, meter, day + timedelta(days=days)) for days in (-1, 0, -9_000)]
    assert [fact and fact.nominal_mm for fact in found] == [80, 100, 100]
