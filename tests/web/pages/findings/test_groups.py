"""Findings in groups."""

from __future__ import annotations

from shuiheng.adapters.records.models import PlanFinding, PlanVersion
from shuiheng.web.pages.findings.groups import SHOWN, grouped


def _finding(version: PlanVersion, place: int, code: str, severity: str) -> PlanFinding:
    return PlanFinding(version=version, place=place, code=code, severity=severity, subject="document")


def test_warnings_come_first_and_the_same_code_stands_under_one_head(ready: PlanVersion) -> None:
    rows = [_finding(ready, place, "plans.a", "note") for place in range(SHOWN + 2)]
    rows += [_finding(ready, 9, "plans.b", "warn")]
    (version,) = grouped(rows)
    assert [(group.code, len(group.lines)) for group in version.groups] == [("plans.b", 1), ("plans.a", 5)]
    assert (version.warnings, version.notes) == (1, 5)
    assert (len(version.groups[1].first), len(version.groups[1].folded)) == (SHOWN, 2)


def test_each_line_opens_a_place_of_its_own(ready: PlanVersion) -> None:
    (version,) = grouped([_finding(ready, place, "plans.a", "note") for place in range(3)])
    assert len({line.token for line in version.groups[0].lines}) == 3
