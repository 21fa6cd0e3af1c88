"""The bounds of the last score stand in the columns; without a score there are none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.cases.acting import Cast
from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.services.cases.keep_score import keep_score, set_score
from shuiheng.services.cases.score_case import score_case

pytestmark = pytest.mark.django_db


def test_bounds_are_kept_and_taken_back(cast: Cast) -> None:
    row, on = cast.invited(), cast.on(1)
    score = score_case(row, on)
    assert score is not None and set_score(row, score, on) and not set_score(row, score, on)
    assert row.score_lowest == 0 and row.score_highest is not None and row.score_highest > Decimal(70)
    keep_score(row, None, date(2025, 3, 1))
    kept = ProgrammeCase.objects.get(pk=row.pk)
    assert (kept.score_lowest, kept.score_highest, kept.scored_on) == (None, None, None)
