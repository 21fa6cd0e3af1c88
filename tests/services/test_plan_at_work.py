"""A version with the findings of today."""

from __future__ import annotations

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, PlanDocument, PlanVersion
from shuiheng.services.plan_at_work import NotCompiledError, plan_at_work


def test_the_plan_at_work_carries_findings(ready: PlanVersion) -> None:
    assert plan_at_work(ready).decided.plan.findings


def test_a_version_that_was_not_compiled_has_no_plan(officer: Account) -> None:
    plan = PlanDocument.objects.create(slug="x", title="x", created_by=officer, place=the_office().place)
    version = PlanVersion.objects.create(
        plan=plan, sequence=1, stored_name="x", byte_count=1, uploaded_by=officer
    )
    with pytest.raises(NotCompiledError):
        plan_at_work(version)
