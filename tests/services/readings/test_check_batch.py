"""What the kept file of a batch holds, by the meters of the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, LedgerBatch
from shuiheng.kernel import Finding, Severity
from shuiheng.services.file_store import keep_file
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.readings import check_batch
from shuiheng.services.readings.check_batch import as_json, check_file, knows_more_now

pytestmark = pytest.mark.django_db
HEAD = "表号,读数时间,读数(m3)\n"


def _batch(*rows: str) -> LedgerBatch:
    kept = keep_file((HEAD + "\n".join(rows)).encode())
    return LedgerBatch.objects.create(
        kind="interval_csv",
        place=the_office().place,
        organisation=the_office(),
        sha256=kept.sha256,
        stored_name=kept.name,
    )


def _meter(officer: Account, number: str, telemetry_id: str = "") -> int:
    new, fields = NewMeter(number=number, keeper=the_office().pk), MeterFields(telemetry_id=telemetry_id)
    return add_meter(officer, new, fields, valid_from=date(2025, 1, 1)).pk


def test_a_meter_is_known_by_its_number_and_by_what_it_reports_as(officer: Account) -> None:
    key = _meter(officer, "A", telemetry_id="T-9")
    found = check_file(_batch("A,2026-05-01 01:00,1", "T-9,2026-05-01 02:00,2", "Z,2026-05-01 02:00,2"))
    assert [(meter, litres) for meter, _, litres in found.rows] == [(key, 1000), (key, 2000)]
    assert [meter.pk for meter in found.read_meters] == [key]
    assert (found.counts["bad"], found.counts["unknown_meter"]) == (1, 1)


def test_an_unknown_meter_is_one_finding_with_its_first_line(officer: Account) -> None:
    rows = [f"Z-{number % 2},2026-05-01 {number:02}:00,1" for number in range(10)]
    found = check_file(_batch(*rows))
    assert [(each.subject, dict(each.values)["line"]) for each in found.findings] == [
        ("Z-0", "2"),
        ("Z-1", "3"),
    ]
    assert found.counts["unknown_meter"] == 10


def test_so_many_findings_are_kept_and_all_are_counted(
    officer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_batch, "SHOWN_FINDINGS", 3)
    found = check_file(_batch(*(f"Z-{number},2026-05-01 01:00,1" for number in range(9))))
    assert (len(found.findings), found.counts["bad"]) == (3, 9)


def test_the_ledger_knows_more_when_a_number_of_the_findings_is_a_meter(officer: Account) -> None:
    batch = _batch("Z,2026-05-01 01:00,1")
    batch.findings = [as_json(each) for each in check_file(batch).findings]
    assert not knows_more_now(batch)
    _meter(officer, "B", telemetry_id="Z")
    assert knows_more_now(batch)


def test_what_no_database_keeps_is_replaced() -> None:
    finding = Finding(
        code="c", severity=Severity.WARN, subject="a\0b", values=(("found", "\ud800"), ("line", "1"))
    )
    kept = as_json(finding)
    assert (kept["subject"], kept["values"]) == ("a?b", {"found": "?", "line": "1"})
