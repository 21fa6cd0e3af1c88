"""What the data quality board shows: findings by district, and the share of water that is not measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shuiheng.adapters.records.queries_quality import FoundCount
from shuiheng.adapters.records.queries_use import Grouping, Key, use_by_month
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use, totals
from shuiheng.metering.civil_time import months_before

SEVERITIES = ("disqualify", "warn", "note")
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """One sort of finding.

    Args:
        code: Its code.
        severity: The worst of its severities.
        meters: Meters that have it, by district.
        whole: Meters that have it anywhere.
    """

    code: str
    severity: str
    meters: Mapping[int | None, int]
    whole: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """How well the water of a district is known, month by month; None where it has no meter."""

    district: Key
    months: Sequence[tuple[date, Use | None]]


def found_rows(counts: Sequence[FoundCount]) -> list[FoundRow]:
    """Return the findings by code, the worst and most frequent first."""
    meters: dict[str, dict[int | None, int]] = defaultdict(lambda: defaultdict(int))
    severities: dict[str, str] = {}
    for count in counts:
        meters[count.code][count.district] += count.meters
        severities[count.code] = min(severities.get(count.code, count.severity), count.severity, key=_rank)
    rows = [
        FoundRow(code=code, severity=severities[code], meters=dict(found), whole=sum(found.values()))
        for code, found in meters.items()
    ]
    return sorted(rows, key=lambda row: (_rank(row.severity), -row.whole, row.code))


def share_rows(seen: Sight, last: date) -> tuple[list[ShareRow], ShareRow]:
    """Return how well the water of each district and of all is known in the year up to a month."""
    months = [months_before(last, count) for count in range(MONTHS - 1, -1, -1)]
    found = use_by_month(seen, Grouping.DISTRICT, months)
    keys = list(dict.fromkeys(key for key, _ in found))
    rows = [
        ShareRow(district=key, months=[(month, found.get((key, month))) for month in months]) for key in keys
    ]
    whole = [(month, totals(found[key, month] for key in keys if (key, month) in found)) for month in months]
    return rows, ShareRow(district=None, months=whole)


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
