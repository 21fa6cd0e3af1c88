"""Two tables of the same water tell nothing of a single user; the years of tables do not overlap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from shuiheng.indicators.small_cells import SmallCellRule
from shuiheng.indicators.told_tables import UserPart, is_apart, is_change_hidden

RULE = SmallCellRule(fewest=3, dominance=Decimal("0.85"), nearness=Decimal("0.05"))
EAST, WEST = "东区|industry", "西区|industry"


def _users(**volumes: int | None) -> dict[int, UserPart]:
    """Return users of one cell by a letter each."""
    return {
        ord(letter): UserPart(cell=EAST, value=None if volume is None else Decimal(volume))
        for letter, volume in volumes.items()
    }


FOUR = _users(a=40, b=50, c=60, d=70)


def _is_hidden(now: dict[int, UserPart], before: dict[int, UserPart] = FOUR) -> bool:
    return is_change_hidden(before, now, RULE)


def test_a_table_that_did_not_change_tells_nothing_new() -> None:
    assert _is_hidden(dict(FOUR))


def test_the_correction_of_one_or_two_users_would_be_read_off() -> None:
    assert not _is_hidden(_users(a=41, b=50, c=60, d=70))
    assert not _is_hidden(_users(a=41, b=51, c=60, d=70))
    assert _is_hidden(_users(a=41, b=51, c=61, d=70))


def test_one_correction_among_three_that_is_nearly_all_would_be_read_off() -> None:
    assert not _is_hidden(_users(a=140, b=51, c=61, d=70))
    assert _is_hidden(_users(a=50, b=51, c=61, d=70))


def test_a_user_that_comes_in_late_would_be_read_off() -> None:
    assert not _is_hidden(FOUR, before=_users(a=40, b=50, c=60, d=None))
    assert not _is_hidden(FOUR, before=_users(a=40, b=50, c=60))
    assert not _is_hidden(_users(a=40, b=50, c=60), before=FOUR)


def test_a_user_that_is_known_to_have_used_nothing_is_no_unknown_one() -> None:
    assert not _is_hidden(_users(a=40, b=50, c=60, d=0), before=_users(a=40, b=50, c=60, d=None))


def test_a_user_that_moves_would_be_read_off_in_both_cells() -> None:
    moved = FOUR | {ord("d"): UserPart(cell=WEST, value=Decimal(70))}
    assert not _is_hidden(moved)


def test_a_late_month_of_all_users_is_told() -> None:
    assert _is_hidden(_users(a=44, b=55, c=66, d=77))


def test_users_that_are_moved_together_are_told() -> None:
    assert _is_hidden({key: UserPart(cell=WEST, value=part.value) for key, part in FOUR.items()})


VOLUMES = some.dictionaries(some.integers(1, 8), some.none() | some.integers(0, 50), max_size=8)


def _parts(volumes: dict[int, int | None]) -> dict[int, UserPart]:
    """Return users of two cells, the odd ones in the first."""
    return {
        user: UserPart(cell=EAST if user % 2 else WEST, value=None if m3 is None else Decimal(m3))
        for user, m3 in volumes.items()
    }


@given(before=VOLUMES, now=VOLUMES)
def test_the_difference_of_a_cell_is_never_that_of_one_user(
    before: dict[int, int | None], now: dict[int, int | None]
) -> None:
    if not is_change_hidden(_parts(before), _parts(now), RULE):
        return
    for cell in (0, 1):
        changed = [
            user
            for user in {*before, *now}
            if user % 2 == cell and before.get(user, "none") != now.get(user, "none")
        ]
        sizes = [abs((now.get(user) or 0) - (before.get(user) or 0)) for user in changed]
        assert len(changed) == 0 or len(changed) >= RULE.fewest
        assert all(size <= sum(sizes) * RULE.dominance for size in sizes)


def test_years_are_the_same_or_share_no_month() -> None:
    told = [(date(2025, 3, 1), date(2026, 2, 1))]
    assert is_apart(date(2025, 3, 1), date(2026, 2, 1), told)
    assert is_apart(date(2026, 3, 1), date(2027, 2, 1), told)
    assert is_apart(date(2024, 3, 1), date(2025, 2, 1), told)
    for first, last in ((2, 1), (4, 3)):
        assert not is_apart(date(2025, first, 1), date(2026, last, 1), told)
    assert not is_apart(date(2026, 1, 1), date(2026, 12, 1), told)
    assert is_apart(date(2026, 1, 1), date(2026, 12, 1), [])
