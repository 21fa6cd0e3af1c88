"""Tables of use that follow one another tell nothing of a single user, however they are subtracted."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, EditionState, PublicEdition, Role
from shuiheng.adapters.records.use_figures import Use
from shuiheng.services.publication import public_use
from shuiheng.services.publication import use_table as module
from shuiheng.services.publication.use_table import UseTable, use_table

pytestmark = pytest.mark.django_db
M3, ON = 1000, date(2026, 6, 30)
User = tuple[str, str, int | None]
Users = Mapping[int, User]
FULL: Users = dict(
    enumerate(
        (district, use_class, cubic)
        for district, use_class, cubics in (
            ("东区", "industry", (40, 50, 60, 70)),
            ("东区", "service", (10, 20, 30, 35)),
            ("西区", "industry", (15, 25, 35, 45)),
            ("西区", "service", (11, 12, 13, 14)),
        )
        for cubic in cubics
    )
)


@pytest.fixture
def reviewer(db: None) -> Account:
    """Who drafts."""
    return make_account("reviewer", Role.OFFICE_REVIEWER)


def _made(account: Account, users: Users, on: date = ON) -> UseTable:
    """Return the table that may be told of users with district, class and m³."""
    used = {
        key: Use(meters=1, silent=1) if cubic is None else Use(told_litres=cubic * M3, meters=1)
        for key, (_, _, cubic) in users.items()
    }
    places = {key: (district, use_class) for key, (district, use_class, _) in users.items()}
    with (
        patch.object(public_use, "use_of_groups", return_value=used),
        patch.object(public_use, "_places", return_value=places),
    ):
        return use_table(account, the_office().place, on)


def _publish(account: Account, users: Users, on: date = ON) -> PublicEdition:
    """Publish a table, and let the one before it end."""
    table, city = _made(account, users, on), the_office().place
    PublicEdition.objects.filter(state=EditionState.PUBLISHED).update(state=EditionState.SUPERSEDED)
    return PublicEdition.objects.create(
        place=city,
        number=PublicEdition.objects.count() + 1,
        on=on,
        state=EditionState.PUBLISHED,
        licence="自由使用",
        content={"use": table.content},
        users=table.users,
        digest="0" * 64,
        drafted_by=account,
        drafted_at=datetime(2026, 6, 30, 4, tzinfo=UTC),
        published_at=datetime(2026, 6, 30, 5, tzinfo=UTC),
    )


def _m3(content: Mapping[str, Any]) -> dict[tuple[str, str], str | None]:
    return {(row["district"], row["use_class"]): row["m3"] for row in content["rows"]}


def _changed(**cubics: int | None) -> Users:
    """Return the users with other volumes, by `u` and their keys."""
    return {**FULL, **{int(name[1:]): (*FULL[int(name[1:])][:2], m3) for name, m3 in cubics.items()}}


def test_the_first_table_is_that_of_its_users(reviewer: Account) -> None:
    table = _made(reviewer, FULL)
    assert (table.content["again"], table.content["is_left_out"]) == (None, False)
    assert _m3(table.content)["东区", "industry"] == "220"
    assert table.users["0"] == ["东区|industry", 40 * M3] and len(table.users) == len(FULL)


def test_one_late_user_leaves_the_table_as_it_was_told(reviewer: Account) -> None:
    first = _publish(reviewer, _changed(u3=None))
    table = _made(reviewer, FULL)
    assert table.content["rows"] == first.content["use"]["rows"] and table.content["again"] == 1
    assert table.users == first.users
    _publish(reviewer, FULL)
    assert _made(reviewer, FULL).content["again"] == 1, (
        "the edition that made it, not the one that repeats it"
    )


def test_a_late_month_of_all_users_is_told(reviewer: Account) -> None:
    _publish(reviewer, FULL)
    more = {
        key: (district, use_class, (cubic or 0) + 9) for key, (district, use_class, cubic) in FULL.items()
    }
    table = _made(reviewer, more)
    assert table.content["again"] is None and _m3(table.content)["东区", "industry"] == "256"


def test_each_edition_that_readers_have_counts_not_the_last_only(reviewer: Account) -> None:
    _publish(reviewer, FULL)
    second = _publish(reviewer, _changed(u0=45, u1=55, u2=65))
    assert second.content["use"]["again"] is None
    third = _made(reviewer, _changed(u0=45, u3=75))
    assert third.content["again"] == 2, "against the first edition only two users differ"


def test_what_was_withdrawn_is_not_told_again_and_tells_nothing_by_its_successor(reviewer: Account) -> None:
    PublicEdition.objects.filter(pk=_publish(reviewer, FULL).pk).update(state=EditionState.WITHDRAWN)
    table = _made(reviewer, _changed(u0=45))
    assert table.content["rows"] == [] and table.content["is_left_out"] and table.users == {}
    assert _made(reviewer, FULL).content["rows"], "the same table tells nothing new"


def test_a_table_of_which_the_users_were_not_kept_is_told_again(reviewer: Account) -> None:
    first = _publish(reviewer, FULL)
    PublicEdition.objects.filter(pk=first.pk).update(users={})
    more = {
        key: (district, use_class, (cubic or 0) + 9) for key, (district, use_class, cubic) in FULL.items()
    }
    assert _made(reviewer, more).content["again"] == 1


def test_a_month_later_no_other_months_are_told(reviewer: Account) -> None:
    first = _publish(reviewer, FULL, date(2026, 6, 30))
    table = _made(reviewer, FULL, date(2026, 7, 31))
    named = ("first", "last")
    assert [table.content[each] for each in named] == [first.content["use"][each] for each in named]


def test_drafts_that_nobody_saw_bind_nothing(reviewer: Account) -> None:
    row = _publish(reviewer, FULL)
    PublicEdition.objects.filter(pk=row.pk).update(state=EditionState.DROPPED, published_at=None)
    assert _m3(_made(reviewer, _changed(u0=45)).content)["东区", "industry"] == "225"


ROUNDS, EDITIONS = 12, 6


def test_an_attack_by_subtraction_over_time_recovers_no_user(reviewer: Account) -> None:
    """Change users at random, publish, and subtract each pair of tables, cells and sums alike."""
    recovered, tables = _attacked(reviewer)
    assert not recovered and tables > ROUNDS, "some tables are told anew, else nothing was attacked"


def test_the_attack_recovers_users_where_tables_are_not_compared(reviewer: Account) -> None:
    with patch.object(module, "is_change_hidden", return_value=True):
        assert _attacked(reviewer)[0]


def _attacked(account: Account) -> tuple[list[tuple[str, str]], int]:
    """Return the cells from which a user was recovered, and how many tables were told anew."""
    made, recovered, tables = random.Random(20261123), [], 0  # noqa: S311  the attack repeats itself
    for _ in range(ROUNDS):
        PublicEdition.objects.all().delete()
        users, seen = dict(FULL), []
        for _ in range(EDITIONS):
            row = _publish(account, users)
            if row.content["use"]["again"] is None:
                seen.append((_m3(row.content["use"]), dict(users)))
            for key in made.sample(sorted(users), made.choice((1, 2, 5, len(users)))):
                users[key] = (*users[key][:2], made.choice((None, made.randint(5, 90))))
        tables += len(seen)
        for at, later in enumerate(seen):
            recovered += [cell for earlier in seen[:at] for cell in _recovered(earlier, later)]
    return recovered, tables


Table = dict[tuple[str, str], str | None]


def _recovered(earlier: tuple[Table, Users], later: tuple[Table, Users]) -> list[tuple[str, str]]:
    """Return the shown cells that differ by one user, or by two of whom each can take off its own."""
    (old, before), (new, then) = earlier, later
    found = []
    for cell in set(old) & set(new):
        changed = [key for key in then if then[key] != before[key] and _is_in(then[key], cell)]
        if None not in (old[cell], new[cell]) and len(changed) in (1, 2):
            found.append(cell)
    return found


def _is_in(user: User, cell: tuple[str, str]) -> bool:
    return all(asked in ("*", own) for own, asked in zip(user[:2], cell, strict=True))
