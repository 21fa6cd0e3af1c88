"""Budgets are added up by state, and a user is shown the open schemes of its city only."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from services.awards.made_up import City, city  # noqa: F401  used by name
from shuiheng.adapters.records.queries_awards import (
    AwardFilter,
    award_counts,
    award_in_sight,
    awards_in_sight,
    open_to,
    scheme_lines,
    user_in_sight,
    users_found,
)
from shuiheng.services.awards.pay_award import pay_award
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_a_scheme_says_what_is_bound_paid_and_left(city: City) -> None:  # noqa: F811  the fixture
    scheme = city.scheme(budget="120000")
    paid = city.granted(city.user("甲厂"), scheme)
    pay_award(city.clerk, paid.pk, on=timezone.localdate(), receipt="1")
    city.granted(city.user("乙厂"), scheme)
    city.asked(city.user("丙厂"), scheme)
    (line,) = scheme_lines(sight(city.clerk, Action.AWARDS_LOOK), key=scheme.pk)
    assert (line.committed, line.paid, line.rest) == (Decimal(100_000), Decimal(50_000), Decimal(20_000))
    assert (line.waiting, line.count) == (1, 3)
    counts = award_counts(sight(city.clerk, Action.AWARDS_LOOK))
    assert (counts["paid"], counts["approved"], counts["asked"], counts["rejected"]) == (1, 1, 1, 0)


def test_open_schemes_are_told_to_users_and_not_to_the_office(city: City) -> None:  # noqa: F811  the fixture
    user, scheme = city.user("甲厂"), city.scheme()
    city.scheme(is_open=False)
    assert open_to(sight(city.filer(user), Action.AWARDS_LOOK)) == [(user, [scheme])]
    assert open_to(sight(city.clerk, Action.AWARDS_LOOK)) == []


def test_users_are_found_by_words_and_within_sight(city: City) -> None:  # noqa: F811  the fixture
    one, two = city.user("甲印染厂"), city.user("乙印染厂")
    seen = sight(city.clerk, Action.AWARDS_KEEP)
    assert users_found(seen, city.metered.place, "印染 甲") == [one]
    assert users_found(seen, city.metered.place, " ") == []
    own = sight(city.filer(one), Action.AWARDS_ASK)
    assert user_in_sight(own, one.pk) == one
    assert user_in_sight(own, two.pk) is None


def test_one_award_and_the_list_stay_within_sight(city: City) -> None:  # noqa: F811  the fixture
    scheme, one, two = city.scheme(), city.user("甲厂"), city.user("乙厂")
    mine, theirs = city.asked(one, scheme), city.asked(two, scheme)
    own = sight(city.filer(one), Action.AWARDS_LOOK)
    assert list(awards_in_sight(own, AwardFilter())) == [mine]
    assert award_in_sight(own, theirs.pk) is None
    assert award_in_sight(own, mine.pk) == mine
