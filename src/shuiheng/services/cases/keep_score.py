"""The bounds of the last score of a case, kept in its columns, so that lists need not compute them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.programmes.scoring import Score

KEPT_SCORE = ("score_lowest", "score_highest", "scored_on")
FINEST = Decimal("0.001")


def set_score(row: ProgrammeCase, score: Score | None, on: date) -> bool:
    """Set the kept bounds of a case, nothing for one without a score; return whether they changed."""
    before = (row.score_lowest, row.score_highest)
    row.score_lowest = None if score is None else score.lowest.quantize(FINEST)
    row.score_highest = None if score is None else score.highest.quantize(FINEST)
    row.scored_on = None if score is None else on
    return before != (row.score_lowest, row.score_highest)


def keep_score(row: ProgrammeCase, score: Score | None, on: date) -> None:
    """Keep the bounds of the score of a case that the caller has locked."""
    set_score(row, score, on)
    row.save(update_fields=KEPT_SCORE)
