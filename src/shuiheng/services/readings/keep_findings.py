"""Keep what checks find at meters; what they find no more is gone, and a decision stays with its finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import Meter, MeterFinding
from shuiheng.kernel import Finding

LONGEST_EVIDENCE, LONGEST_MARK = 400, 64
FIELDS = ["severity", "at", "values", "evidence", "gone_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAt:
    """A finding at a meter, by a rule.

    Args:
        meter: Key of the meter.
        rule: Id of the rule.
        finding: What was found.
        kind: Tells findings of one code apart where several checks give it.
    """

    meter: int
    rule: str
    finding: Finding
    kind: str = ""

    @property
    def mark(self) -> str:
        """What stays the same when the check runs again: its code, and since or at when it holds."""
        values = dict(self.finding.values)
        parts = (self.kind, self.finding.code, values.get("since") or values.get("at", ""))
        return ":".join(part for part in parts if part)[:LONGEST_MARK]


def keep_findings(
    meters: Sequence[Meter], found: Iterable[FoundAt], *, looked_at: Q | None, now: datetime
) -> int:
    """Write what was found at meters; return how many findings are new.

    Args:
        meters: The meters that were checked.
        found: What was found at them.
        looked_at: Which standing findings the checks would have found again; those that they did not
            are gone. None when nothing is gone because of them.
        now: When they ran.
    """
    numbers = {meter.pk: meter.number for meter in meters}
    rows = {(each.meter, each.mark): _row(each, numbers[each.meter], now) for each in found}
    with transaction.atomic():
        known = MeterFinding.objects.filter(meter__in=list(numbers)).values_list("meter", "mark")
        count = len(rows.keys() - set(known))
        MeterFinding.objects.bulk_create(
            rows.values(), update_conflicts=True, unique_fields=["meter", "mark"], update_fields=FIELDS
        )
        if looked_at is not None:
            standing = MeterFinding.objects.filter(looked_at, meter__in=list(numbers), gone_at__isnull=True)
            gone = [
                key
                for key, meter, mark in standing.values_list("pk", "meter", "mark")
                if (meter, mark) not in rows
            ]
            MeterFinding.objects.filter(pk__in=gone).update(gone_at=now)
    return count


def _row(each: FoundAt, number: str, now: datetime) -> MeterFinding:
    values = dict(each.finding.values)
    at = values.get("at")
    return MeterFinding(
        meter_id=each.meter,
        rule=each.rule,
        code=each.finding.code,
        mark=each.mark,
        severity=each.finding.severity.value,
        at=timezone.make_aware(datetime.fromisoformat(at)) if at else None,
        values=values | {"meter": number},
        evidence=each.finding.evidence[:LONGEST_EVIDENCE],
        found_at=now,
        gone_at=None,
    )
