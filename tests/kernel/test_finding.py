"""Findings are values."""

from __future__ import annotations

import dataclasses

import pytest

from shuiheng.kernel import Finding, Severity


def test_a_finding_cannot_be_changed() -> None:
    finding = Finding(code="plans.x", severity=Severity.NOTE, subject="document")
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.code = "plans.y"  # type: ignore[misc]  # the test is that this fails
    assert finding == Finding(code="plans.x", severity=Severity.NOTE, subject="document")
