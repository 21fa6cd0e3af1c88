"""Lists are read within sight: whole ones by the city, single rows by those whose users stand on them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    MemberList,
    MemberRow,
    Organisation,
    PlanVersion,
    PublishedThreshold,
    Role,
    WaterUser,
)
from shuiheng.adapters.records.queries_members import (
    MemberFilter,
    adopted_with_rows,
    change_counts,
    list_in_sight,
    lists_of_user,
    lists_of_year,
    member_rows,
    published_cut_offs,
    standing_counts,
    years_of_lists,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.found_city import found_city, join
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 1, tzinfo=UTC)


def _user(name: str) -> WaterUser:
    city = the_office().place
    unit = Organisation.objects.create(slug=name, name=name, kind="water_user", place=city)
    return WaterUser.objects.create(organisation=unit, city=city, number=name)


def _list(year: int = 2026, *, rule: str = "r", adopted: bool = False) -> MemberList:
    return MemberList.objects.create(
        place=the_office().place,
        rule=rule,
        title="名录",
        year=year,
        drawn_at=AT,
        adopted_at=AT if adopted else None,
    )


def _row(
    listed: MemberList, user: WaterUser, standing: str = "in", change: str = "", litres: int = 0
) -> None:
    MemberRow.objects.create(
        list=listed, user=user, standing=standing, litres=litres, values={"change": change}
    )


@pytest.fixture
def city() -> Sight:
    return sight(make_account("zhou", Role.OFFICE_CLERK), Action.LEDGER_LOOK)


def _own(user: WaterUser) -> Sight:
    filer = Account.objects.create(username=f"filer-{user.number}")
    join(filer, user.organisation, Role.ENTERPRISE_FILER)
    return sight(filer, Action.LEDGER_LOOK)


def test_the_city_sees_drafts_and_withdrawn_lists_and_others_adopted_ones_with_their_users(
    city: Sight,
) -> None:
    mine, other = _user("a"), _user("b")
    draft, adopted, strange = _list(rule="x"), _list(adopted=True), _list(rule="y", adopted=True)
    for listed in (draft, adopted):
        _row(listed, mine)
    _row(strange, other)
    own = _own(mine)
    assert adopted_with_rows(own) == [adopted]
    assert [list_in_sight(own, each.pk) for each in (draft, adopted, strange)] == [None, adopted, None]
    assert list_in_sight(city, draft.pk) == draft
    assert [row.user for row in member_rows(own, adopted, MemberFilter())] == [mine]
    MemberList.objects.filter(pk=adopted.pk).update(withdrawn_at=AT)
    assert list_in_sight(own, adopted.pk) is None and list_in_sight(city, adopted.pk) == adopted
    assert adopted_with_rows(own) == [] == list(lists_of_year(_own(other), the_office().place, 2026))


def test_a_year_shows_what_stands(city: Sight) -> None:
    place = the_office().place
    first, second, older = _list(adopted=True), _list(), _list(2025)
    gone = _list(rule="w")
    MemberList.objects.filter(pk=gone.pk).update(withdrawn_at=AT)
    assert set(lists_of_year(city, place, 2026)) == {first, second}
    assert list(lists_of_year(city, place, 2025)) == [older]
    assert list(years_of_lists(city, place)) == [2026, 2025]


def test_rows_are_filtered_counted_and_sorted(city: Sight) -> None:
    listed, users = _list(), [_user(name) for name in ("a", "b", "c")]
    for user, standing, change, litres in zip(
        users, ("in", "out", "unknown"), ("entered", "left", ""), (5, 7, 6), strict=True
    ):
        _row(listed, user, standing, change, litres)

    def shown(**wanted: Any) -> str:
        rows = member_rows(city, listed, MemberFilter(**wanted))
        return "".join(row.user.number for row in rows)

    assert shown() == "abc" and shown(most_first=True) == "bca"
    assert (shown(standing="unknown"), shown(change="left"), shown(words="b")) == ("c", "b", "b")
    assert shown(district=users[0].organisation.place_id) == "abc" and shown(district=0) == ""
    assert standing_counts(city, listed) == {"in": 1, "unknown": 1, "out": 1}
    assert change_counts(city, listed) == {"entered": 1, "stayed": 0, "left": 1, "doubted": 0}


def test_an_amount_that_nobody_knows_stands_last(city: Sight) -> None:
    listed = _list()
    for name, litres in (("a", None), ("b", 1), ("c", 2)):
        MemberRow.objects.create(list=listed, user=_user(name), standing="in", litres=litres, values={})
    rows = member_rows(city, listed, MemberFilter(most_first=True))
    assert [row.user.number for row in rows] == ["c", "b", "a"]


def test_a_user_stands_on_the_newest_adopted_list_of_each_rule(city: Sight) -> None:
    user = _user("a")
    for year, rule, adopted, standing in (
        (2025, "r", True, "in"),
        (2026, "r", True, "unknown"),
        (2026, "s", True, "out"),
        (2025, "s", True, "in"),
        (2027, "r", False, "in"),
    ):
        _row(_list(year, rule=rule, adopted=adopted), user, standing)
    assert [(row.list.year, row.list.rule, row.standing) for row in lists_of_user(city, user)] == [
        (2026, "r", "unknown")
    ]


def test_cut_offs_are_those_of_published_plans_of_the_city(city: Sight, published: PlanVersion) -> None:
    found = published_cut_offs(city, the_office().place)
    assert found == list(PublishedThreshold.objects.order_by("place")) != []
    assert published_cut_offs(city, found_city("临江市", slug="linjiang").place) == []
    PlanVersion.objects.update(state="superseded")
    assert published_cut_offs(city, the_office().place) == []
