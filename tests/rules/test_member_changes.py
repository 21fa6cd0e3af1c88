"""Who is on a list has entered or stayed, and nobody leaves because something is unknown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.rules.member_changes import Change, member_changes
from shuiheng.rules.membership import Standing

IN, OUT, UNKNOWN = Standing.IN, Standing.OUT, Standing.UNKNOWN
LISTS = st.dictionaries(st.integers(0, 12), st.sampled_from(list(Standing)))


def test_each_user_goes_one_way() -> None:
    before = {1: IN, 2: IN, 3: IN, 4: OUT, 5: UNKNOWN, 7: IN, 8: OUT}
    now = {1: IN, 2: OUT, 3: UNKNOWN, 4: IN, 5: IN, 6: IN, 8: UNKNOWN}
    assert member_changes(before, now) == {
        1: Change.STAYED,
        2: Change.LEFT,
        3: Change.DOUBTED,
        4: Change.ENTERED,
        5: Change.ENTERED,
        6: Change.ENTERED,
        7: Change.LEFT,
    }


@given(before=LISTS, now=LISTS)
def test_the_books_of_a_list_balance(before: dict[int, Standing], now: dict[int, Standing]) -> None:
    changes = member_changes(before, now)
    sets = {change: {key for key, each in changes.items() if each is change} for change in Change}
    was, is_in = ({key for key, each in rows.items() if each is IN} for rows in (before, now))
    assert sets[Change.ENTERED] | sets[Change.STAYED] == is_in
    assert sets[Change.STAYED] | sets[Change.LEFT] | sets[Change.DOUBTED] == was
    assert all(now.get(key) is not UNKNOWN for key in sets[Change.LEFT])


@given(rows=LISTS)
def test_nothing_changes_against_itself(rows: dict[int, Standing]) -> None:
    assert set(member_changes(rows, rows).values()) <= {Change.STAYED}
