"""Points that were given before a case was sent back are those of an earlier round (退回后重新评分)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.programmes.kind import StepKind, steps_behind
from shuiheng.services.cases.case_course import kind_of
from shuiheng.services.cases.keep_score import keep_score
from shuiheng.services.cases.score_case import CRITERION, score_case


def set_points_aside(row: ProgrammeCase, step: StepKind, on: date) -> list[str]:
    """Let the points that persons gave count no more once a scored step opens again (退回后重新评分).

    They were given for what was handed in before. They stay kept and shown, and are given anew for what is
    handed in now. Facts that persons entered go on, for they are no judgement of it.

    Args:
        row: The case, locked, after it was sent back.
        step: The step at which it was sent back.
        on: The day.

    Returns:
        The criteria whose points no longer count.
    """
    kind = kind_of(row)
    again = steps_behind(kind.steps, step.returns_to)
    if not any(each.needs_score for each in kind.steps if each.id in again):
        return []
    standing = row.answers.filter(sort=CRITERION, superseded_at__isnull=True)
    names = sorted(standing.values_list("name", flat=True))
    if names:
        standing.update(superseded_at=timezone.now(), is_earlier_round=True)
        keep_score(row, score_case(row, on), on)
    return names
