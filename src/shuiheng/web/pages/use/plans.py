"""Planned allowances beside the use: of the year, of the months that were asked for, and how they are met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.queries_allowances import allowances_of
from shuiheng.adapters.records.queries_use import Grouping, Key
from shuiheng.adapters.records.use_figures import Use
from shuiheng.services.permission import Action, may
from shuiheng.services.use.use_totals import UseQuestion, is_comparable
from shuiheng.web.page import seen

ONE_PLAN = (Grouping.USER, Grouping.SOURCE)
"""Groups all of whose water stands under their plan; others hold users without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a group may take.

    Args:
        litres: In the year.
        period_litres: In the months that were asked for; None where the group also holds users without
            a plan, so that its use cannot be held against it.
    """

    litres: int
    period_litres: int | None = None

    def rate(self, use: Use | None) -> float | None:
        """Return use ÷ plan of the same months (计划执行率); None where too much of the use is missing."""
        if use is None or use.litres is None or not self.period_litres or not is_comparable(use):
            return None
        return use.litres / self.period_litres


def plans_of(request: HttpRequest, question: UseQuestion) -> Mapping[Key, Plan]:
    """Return the plans of the groups when all months lie in one year; sections of industry are left out."""
    is_one_year = question.first.year == question.last.year and question.by is not Grouping.SECTION
    if not is_one_year or not may(request.user, Action.ALLOWANCES_LOOK):
        return {}
    sight, on = seen(request, Action.ALLOWANCES_LOOK), last_day_of(question.last)
    years = allowances_of(sight, question.by, on, question.wanted)
    if question.by not in ONE_PLAN:
        return {key: Plan(litres=held.litres) for key, held in years.items()}
    months = (date(question.first.year, question.first.month, 1), on)
    parts = allowances_of(sight, question.by, on, question.wanted, months=months)
    return {
        key: Plan(litres=held.litres, period_litres=parts[key].litres if key in parts else 0)
        for key, held in years.items()
    }
