"""A finding keeps its row and its decision while it is found, and is gone when it is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q

from read_meters import make_meter
from shuiheng.adapters.records.models import Account, Meter, MeterFinding
from shuiheng.kernel import Finding, Severity
from shuiheng.services.readings.keep_findings import FoundAt, keep_findings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
ALL = Q()


def _found(meter: Meter, *, at: str = "2026-04-01 08:00", kind: str = "", **values: str) -> FoundAt:
    finding = Finding(
        code="metering.stuck",
        severity=Severity.WARN,
        subject=str(meter.pk),
        evidence="e" * 500,
        values=(("meter", str(meter.pk)), ("at", at), *values.items()),
    )
    return FoundAt(meter=meter.pk, rule="V7", finding=finding, kind=kind)


def test_a_finding_is_written_once_and_bears_the_number_of_the_meter(officer: Account) -> None:
    meter = make_meter(officer)
    assert keep_findings([meter], [_found(meter)], looked_at=ALL, now=NOW) == 1
    assert keep_findings([meter], [_found(meter)], looked_at=ALL, now=NOW + timedelta(days=1)) == 0
    row = MeterFinding.objects.get()
    assert (row.values["meter"], row.found_at, len(row.evidence)) == (meter.number, NOW, 400)
    assert row.at == datetime(2026, 4, 1, 0, 0, tzinfo=UTC)


def test_a_run_that_goes_on_is_the_same_finding_by_its_begin(officer: Account) -> None:
    meter = make_meter(officer)
    keep_findings([meter], [_found(meter, since="2026-03-01 00:00")], looked_at=ALL, now=NOW)
    MeterFinding.objects.update(decision="dismissed", note="停产")
    longer = _found(meter, at="2026-04-09 08:00", since="2026-03-01 00:00")
    assert keep_findings([meter], [longer], looked_at=ALL, now=NOW) == 0
    row = MeterFinding.objects.get()
    assert (row.decision, row.values["at"]) == ("dismissed", "2026-04-09 08:00")


def test_what_was_looked_for_and_not_found_is_gone_and_the_rest_stays(officer: Account) -> None:
    meter, other = make_meter(officer), make_meter(officer)
    keep_findings(
        [meter, other], [_found(meter), _found(meter, kind="zone"), _found(other)], looked_at=ALL, now=NOW
    )
    keep_findings([meter], [], looked_at=~Q(mark__startswith="zone:"), now=NOW)
    standing = MeterFinding.objects.filter(gone_at__isnull=True)
    assert {(row.meter_id, row.mark.split(":")[0]) for row in standing} == {
        (meter.pk, "zone"),
        (other.pk, "metering.stuck"),
    }
    keep_findings([meter], [_found(meter)], looked_at=None, now=NOW)
    assert standing.all().count() == 3
