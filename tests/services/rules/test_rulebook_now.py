"""The rulebook of a city: shipped, accepted and checked values together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.rules.proposals import LADDER, VALUE, a_ladder, accepted, reviewer, the_city
from shuiheng.adapters.records.models import Account, LocalRule, Place, PlaceKind
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import value_hash
from shuiheng.charges.readers import ladder_of
from shuiheng.rules.errors import NotInForceError
from shuiheng.rules.parameter import Asked
from shuiheng.services.rules.local_rules import propose_rule, withdraw_rule
from shuiheng.services.rules.rule_checks import check_value, undo_check
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
ASKED = Asked(area="990100", on=DAY)


def test_a_city_without_values_has_the_shipped_ones() -> None:
    assert dict(rulebook_now(the_city())) == dict(shipped_rulebook())


def test_an_accepted_value_holds_from_its_day_and_binds(officer: Account) -> None:
    accepted(officer)
    found = rulebook_now(the_city()).value(LADDER, ASKED)
    assert found.is_binding and found.area == "9901"
    assert found.source == "《青禾市超计划用水加价办法（虚构）》（青水〔2025〕1号）"
    assert [band.multiple for band in ladder_of(found).bands] == [Decimal("0.5"), 1, 2]
    with pytest.raises(NotInForceError):
        rulebook_now(the_city()).value(LADDER, Asked(area="990100", on=date(2025, 12, 31)))


def test_a_proposed_value_does_not_count(officer: Account) -> None:
    propose_rule(officer, the_city().pk, a_ladder())
    with pytest.raises(NotInForceError):
        rulebook_now(the_city()).value(LADDER, ASKED)


def test_a_withdrawn_value_counts_only_as_it_was_known(officer: Account) -> None:
    row = accepted(officer)
    withdraw_rule(reviewer(), row.pk, reason="文件废止")
    LocalRule.objects.update(
        decided_at=datetime(2026, 2, 1, 4, tzinfo=UTC), withdrawn_at=datetime(2026, 5, 1, 4, tzinfo=UTC)
    )
    book = rulebook_now(the_city())
    with pytest.raises(NotInForceError):
        book.value(LADDER, ASKED)
    assert book.value(LADDER, Asked(area="990100", on=DAY, known_on=date(2026, 4, 30))).is_binding
    with pytest.raises(NotInForceError):
        book.value(LADDER, Asked(area="990100", on=DAY, known_on=date(2026, 5, 1)))


def test_the_values_of_another_city_are_not_there(officer: Account) -> None:
    accepted(officer)
    other = Place.objects.create(slug="other", name="另市", kind=PlaceKind.CITY, code="990100")
    assert dict(rulebook_now(other)) == dict(shipped_rulebook())


def test_a_later_value_takes_over_on_its_day(officer: Account) -> None:
    accepted(officer)
    later = {**VALUE, "bands": [{"up_to": None, "multiple": "3"}]}
    accepted(officer, valid_from=date(2026, 7, 1), value=later)
    book = rulebook_now(the_city())
    bands = [
        len(ladder_of(book.value(LADDER, Asked(area="9901", on=day))).bands)
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert bands == [3, 1]


def test_a_check_makes_a_shipped_value_binding_until_it_is_undone() -> None:
    value = next(each for each in shipped_rulebook()[LADDER].values if each.area == "3710")
    row = check_value(reviewer(), the_city().pk, rule=LADDER, digest=value_hash(value))
    asked = Asked(area="371000", on=DAY)
    assert rulebook_now(the_city()).value(LADDER, asked).is_binding
    assert not shipped_rulebook().value(LADDER, asked).is_binding
    undo_check(reviewer(), row.pk)
    assert not rulebook_now(the_city()).value(LADDER, asked).is_binding


def test_the_code_of_a_city_loses_its_empty_levels() -> None:
    places = [Place(code=code) for code in ("370100", "370000", "3701", "370102", "", "370100000000")]
    assert [area_of_city(place) for place in places] == ["3701", "37", "3701", "370102", "", "3701"]
