"""Findings in groups: by plan, by weight, by code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from shuiheng.adapters.records.models import PlanFinding, PlanVersion
from shuiheng.web.pages.reading.marks import item_token

SHOWN = 3
HEAVIEST_FIRST = ("disqualify", "warn", "note")


@dataclass(slots=True, kw_only=True)
class FindingLine:
    """One finding with the token of the item or the place that it opens."""

    finding: PlanFinding
    token: str


@dataclass(slots=True, kw_only=True)
class CodeGroup:
    """All findings of one code on one plan; more than three are folded."""

    code: str
    severity: str
    lines: list[FindingLine] = field(default_factory=list)

    @property
    def first(self) -> list[FindingLine]:
        """The lines that are always shown."""
        return self.lines[:SHOWN]

    @property
    def folded(self) -> list[FindingLine]:
        """The lines that are shown on demand."""
        return self.lines[SHOWN:]


@dataclass(slots=True, kw_only=True)
class VersionGroup:
    """All findings on one version, the heaviest first."""

    version: PlanVersion
    groups: list[CodeGroup]
    warnings: int
    notes: int


def grouped(rows: Iterable[PlanFinding]) -> list[VersionGroup]:
    """Return findings by version in their order, and within it by weight and code."""
    versions: dict[int, tuple[PlanVersion, dict[tuple[str, str], CodeGroup]]] = {}
    for row in rows:
        _, groups = versions.setdefault(row.version_id, (row.version, {}))
        key = (row.severity, row.code)
        group = groups.setdefault(key, CodeGroup(code=row.code, severity=row.severity))
        group.lines.append(FindingLine(finding=row, token=item_token("finding", str(row.place))))
    return [_version_group(version, list(groups.values())) for version, groups in versions.values()]


def _version_group(version: PlanVersion, groups: list[CodeGroup]) -> VersionGroup:
    groups.sort(key=lambda group: (HEAVIEST_FIRST.index(group.severity), -len(group.lines)))
    notes = sum(len(group.lines) for group in groups if group.severity == "note")
    everything = sum(len(group.lines) for group in groups)
    return VersionGroup(version=version, groups=groups, warnings=everything - notes, notes=notes)
