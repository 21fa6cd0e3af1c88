"""A version as people work on it today, with what the rulebook knows."""

from __future__ import annotations

from django.utils import timezone

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.working_plan import NotCompiledError, WorkingPlan, working_plan
from shuiheng.adapters.rulebook import load_knowledge


def plan_at_work(version: PlanVersion) -> WorkingPlan:
    """Return the plan of a version with its decisions and the findings of today about it.

    Raises:
        NotCompiledError: The version has not been compiled.
    """
    return working_plan(version, load_knowledge(), as_of=timezone.localdate())


__all__ = ["NotCompiledError", "WorkingPlan", "plan_at_work"]
