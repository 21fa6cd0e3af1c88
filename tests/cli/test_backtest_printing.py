"""A back-test is printed with its counts, and what cannot be said as a dash."""

from __future__ import annotations

from shuiheng.cli.backtest_printing import lines_of
from shuiheng.services.warnings.backtest import Backtest, LevelScore


def test_counts_stand_beside_every_share() -> None:
    near = LevelScore(level="near", periods=10, reached=4, warned=5, hits=3, sure=2, sure_hits=2)
    near.lead_days, near.left_days = [10, 30, 50], [100, 120, 140]
    tested = Backtest(
        year=2025,
        users=10,
        looks=53,
        scores=[near, LevelScore(level="over_year", periods=10)],
        intervals=20,
        inside=18,
        errors={1: [0.1, 0.3, 0.2]},
    )
    lines = list(lines_of(tested))
    assert lines[2].split()[:9] == ["near", "10", "4", "5", "3", "60.0%", "75.0%", "2", "(100.0%)"]
    assert lines[3].split()[5:7] == ["-", "-"]
    assert "18 of 20 held (90.0%)" in lines[4]
    assert "2025-01-01: median error 20.0% of 3" in lines[5]
