"""The lines of a back-test of warnings: each level with its counts, then how far forecasts lay off."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from shuiheng.services.warnings.backtest import Backtest, LevelScore


def lines_of(told: Backtest) -> Iterator[str]:
    """Yield the lines of a report; days are the median, and in brackets what nine of ten keep."""
    yield f"year {told.year}, {told.users} users, {told.looks} looks each"
    yield "level         periods reached warned  hits precision  recall  sure (right)  lead days  days left"
    for score in told.scores:
        yield _line(score)
    if told.intervals:
        share = told.inside / told.intervals
        yield f"90 % intervals of the year: {told.inside} of {told.intervals} held ({share:.1%})"
    for month, errors in sorted(told.errors.items()):
        on = f"{told.year}-{month:02}-01"
        yield f"forecast made on {on}: median error {median(errors):.1%} of {len(errors)}"


def _line(score: LevelScore) -> str:
    def share(ratio: float | None) -> str:
        return "-" if ratio is None else f"{ratio:.1%}"

    def days(pair: tuple[float, float] | None) -> str:
        return "-" if pair is None else f"{pair[0]:.0f} ({pair[1]:.0f})"

    counts = f"{score.periods:>8}{score.reached:>8}{score.warned:>7}{score.hits:>6}"
    sure = f"{score.sure} ({share(score.sure_precision)})"
    return (
        f"{score.level:<13}{counts}{share(score.precision):>10}{share(score.recall):>8}"
        f"{sure:>15}{days(score.lead):>11}{days(score.left):>11}"
    )
