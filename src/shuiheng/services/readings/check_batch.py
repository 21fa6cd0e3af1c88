"""What the kept file of a batch holds, by the meters of the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from shuiheng.adapters.records.models import LedgerBatch, Meter, MeterFact
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.kernel import Finding, Severity
from shuiheng.services.file_store import kept_content
from shuiheng.services.readings.batch_kinds import BatchRow, SetAside, kind_of

SHOWN_FINDINGS = 1000
UNKNOWN = "readings.unknown_meter"
UNKNOWNS = (UNKNOWN, "month_workbook.unknown_meter")
Row = tuple[int, int, int | None]


@dataclass(slots=True)
class Checked:
    """What a file holds, by the ledger's meters.

    Args:
        meters: Meter by the number that the file gives it.
        rows: Key of the meter, instant and litres of each reading that can be taken in; no litres
            where a reading is set aside.
        findings: What is wrong, the first thousand.
        counts: How many rows of each kind.
        unknown: Numbers of meters that the ledger does not know; each is one finding.
    """

    meters: dict[str, Meter]
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unknown: set[str] = field(default_factory=set)

    @property
    def read_meters(self) -> list[Meter]:
        """The meters of which the file holds a reading."""
        read = {key for key, _, _ in self.rows}
        return list({meter.pk: meter for meter in self.meters.values() if meter.pk in read}.values())


def check_file(batch: LedgerBatch) -> Checked:
    """Return what the kept file of a batch holds; asking again gives the same."""
    found = Checked(meters=_meters_of(batch))
    for each in kind_of(batch).read(batch, kept_content(batch.stored_name)):
        _take_row(found, each)
    return found


def knows_more_now(batch: LedgerBatch) -> bool:
    """Return whether the ledger has come to know a meter that was unknown when the batch was checked."""
    unknown = {each["subject"] for each in batch.findings if each["code"] in UNKNOWNS}
    return bool(unknown) and not unknown.isdisjoint(_meters_of(batch))


def as_json(finding: Finding) -> dict[str, object]:
    """Return a finding as a batch keeps it."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "subject": _storable(finding.subject),
        "values": {name: _storable(value) for name, value in finding.values},
    }


def _storable(text: str) -> str:
    """Return a text without what no database keeps: zero characters and halves of characters."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def _take_row(found: Checked, each: BatchRow) -> None:
    if isinstance(each, Finding):
        if each.severity is not Severity.NOTE:
            found.counts["bad"] += 1
        _keep(found, each)
        return
    meter = found.meters.get(each.meter_number)
    if meter is None:
        found.counts["bad"] += 1
        found.counts["unknown_meter"] += 1
        if each.meter_number not in found.unknown:
            found.unknown.add(each.meter_number)
            _keep(found, _unknown(each))
        return
    litres = None if isinstance(each, SetAside) else each.register_litres
    found.rows.append((meter.pk, each.read_at, litres))


def _unknown(row: ReceivedReading | SetAside) -> Finding:
    """Return that a meter is unknown, with the line in which it stands first."""
    line = row.line if isinstance(row, ReceivedReading) else 0
    return Finding(
        code=UNKNOWN,
        severity=Severity.DISQUALIFY,
        subject=row.meter_number,
        values=(("meter", row.meter_number), ("line", str(line or ""))),
    )


def _keep(found: Checked, finding: Finding) -> None:
    if len(found.findings) < SHOWN_FINDINGS:
        found.findings.append(finding)


def _meters_of(batch: LedgerBatch) -> dict[str, Meter]:
    """Return the meters that the organisation keeps, by their numbers and by what they report as."""
    meters = {meter.pk: meter for meter in Meter.objects.filter(keeper=batch.organisation)}
    facts = MeterFact.objects.filter(
        subject__keeper=batch.organisation, superseded_at__isnull=True, valid_to__isnull=True
    )
    named = facts.exclude(telemetry_id="").values_list("telemetry_id", "subject")
    return {name: meters[key] for name, key in named} | {meter.number: meter for meter in meters.values()}
