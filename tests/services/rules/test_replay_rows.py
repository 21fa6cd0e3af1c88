"""Both sides of a replay are joined by payable or by user, and nothing is known on one side only."""

from __future__ import annotations

from shuiheng.services.charges.run_figures import Payable
from shuiheng.services.rules.replay_rows import Reckoned, joined_rows, parts_of, totals_of


def _one(
    user: int, amount: int, *, source: int | None = None, price_class: str = "industry", why: str = ""
) -> Reckoned:
    payable = Payable(user=user, number=str(user), source=source, price_class=price_class)
    return Reckoned(payable=payable, litres=1_000, allowed=900, amount=amount, why=why)


def test_sources_of_a_user_stay_apart_unless_one_row_stands_for_it() -> None:
    old = [_one(1, 10, source=7), _one(1, 20, source=8)]
    apart = joined_rows(old, old)
    assert [(row["old"], row["new"], row["litres"]) for row in apart] == [(10, 10, 1_000), (20, 20, 1_000)]
    (row,) = joined_rows(old, [_one(1, 25)], by_user=True)
    assert (row["old"], row["new"], row["litres"], row["plan"], row["plan_new"]) == (
        30,
        25,
        2_000,
        1_800,
        900,
    )


def test_a_user_of_one_side_is_counted_apart() -> None:
    rows = joined_rows([_one(1, 10), _one(2, 5)], [_one(1, 8), _one(3, 9, why="activity")], by_user=True)
    assert [(row["user"], row["why"]) for row in rows] == [(1, ""), (2, "norm"), (3, "activity")]
    assert totals_of(rows) == {
        "count": 3,
        "unknown": 2,
        "old": 10,
        "new": 8,
        "more": 0,
        "less": 1,
        "same": 0,
    }


def test_sources_of_two_classes_have_none_in_common() -> None:
    old = [_one(1, 10, source=7), _one(1, 20, source=8, price_class="special")]
    rows = joined_rows(old, [_one(1, 30)], by_user=True)
    assert [each["name"] for each in parts_of(rows, "class")] == [""]
