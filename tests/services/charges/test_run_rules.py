"""A month in which a price changes is split by its days; a class finds the list that is made for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.charges.made_up import City, book, use_book
from shuiheng.rules.in_force import Rulebook
from shuiheng.services.charges.kinds import RunKind
from shuiheng.services.charges.run_rules import Lookup, price_days, run_rules, tariff_parts

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


def _dearer_from(day: date) -> Rulebook:
    made = book()
    rule = made["charges/special_price"]
    later = replace(rule.values[0], valid_from=day, value={"all": Decimal(15)})
    return Rulebook({**made, rule.id: replace(rule, values=(*rule.values, later))})


def test_a_price_that_changes_inside_a_month_splits_it(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_book(monkeypatch, _dearer_from(date(2025, 3, 11)))
    parts = price_days(Lookup(city.metered.place), MARCH)
    assert [part.days for part in parts] == [10, 21]
    special = tariff_parts(parts, "special") or ()
    assert [(part.days, part.tariff.supply.by_class["all"]) for part in special] == [(10, 12), (21, 15)]
    (ordinary,) = tariff_parts(parts, "non_residential") or ()
    assert (ordinary.days, ordinary.tariff.supply.by_class["all"]) == (31, 3)


def test_without_a_price_there_are_no_parts_and_no_run(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    use_book(monkeypatch, book(non_household_price=None))
    parts = price_days(Lookup(city.metered.place), MARCH)
    assert tariff_parts(parts, "non_residential") is None
    assert tariff_parts(parts, "special") is not None


def test_a_run_is_a_trial_unless_every_value_that_it_took_binds(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not run_rules(city.metered.place, RunKind.OVER_PLAN, MARCH).is_trial
    use_book(monkeypatch, book(unchecked="charges/special_price"))
    rules = run_rules(city.metered.place, RunKind.OVER_PLAN, MARCH)
    assert rules.is_trial
    assert [each.rule for each in rules.citations if not each.is_binding] == ["charges/special_price"]
