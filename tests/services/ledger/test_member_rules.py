"""The rules of a city are those of the rulebook that hold there, and those of its published plan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import the_office
from shuiheng.adapters.records.models import Account, Place, PlanVersion, PublishedThreshold
from shuiheng.rules.cut_offs import WhyNot
from shuiheng.services.ledger.member_rules import ListedRule, rules_in_force
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _ids(officer: Account, year: int = 2026, code: str = "") -> set[str]:
    Place.objects.filter(pk=the_office().place.pk).update(code=code)
    city = the_office().place
    city.refresh_from_db()
    rules, _ = rules_in_force(sight(officer, Action.LEDGER_EDIT), city, year)
    return {rule.id for rule in rules}


def test_rules_of_the_country_hold_everywhere_and_those_of_a_province_only_there(officer: Account) -> None:
    assert "book:key_list_national" in _ids(officer)
    assert "book:shared_use_zhejiang" not in _ids(officer)
    assert "book:shared_use_zhejiang" in _ids(officer, code="330200")


def test_a_rule_holds_from_its_first_year(officer: Account) -> None:
    assert "book:key_list_national" not in _ids(officer, 2021)
    assert "book:key_list_national" in _ids(officer, 2022)


def _of_plan(officer: Account) -> list[ListedRule]:
    rules, _ = rules_in_force(sight(officer, Action.LEDGER_EDIT), the_office().place, 2026)
    return [rule for rule in rules if rule.origin == "plan"]


def test_a_cut_off_of_a_published_plan_is_a_rule_with_its_words(
    officer: Account, published: PlanVersion
) -> None:
    (found,) = _of_plan(officer)
    assert (found.rule.duty, found.rule.quantity) == ("balance_test", "annual_use")
    assert (found.rule.limit, found.rule.who.classes) == (Decimal(100_000_000), {"industry", "power"})
    assert "10万立方米以上" in found.clause and found.plan == published.plan_id


def test_a_rule_keeps_its_id_in_the_next_version_of_the_plan(
    officer: Account, published: PlanVersion
) -> None:
    before = _of_plan(officer)[0].id
    PublishedThreshold.objects.update(item="threshold-9", quote="换了说法", effect="都要开展水平衡测试")
    assert _of_plan(officer)[0].id == before
    PublishedThreshold.objects.update(value=50_000)
    assert _of_plan(officer)[0].id != before


@pytest.mark.parametrize("words", [("鼓励开展", "全部开展"), ("全部开展", "鼓励开展")])
def test_what_a_plan_demands_and_encourages_is_demanded(
    officer: Account, published: PlanVersion, words: tuple[str, str]
) -> None:
    first = PublishedThreshold.objects.get()
    PublishedThreshold.objects.update(effect=f"{words[0]}水平衡测试")
    first.pk, first.effect, first.place = None, f"{words[1]}水平衡测试", first.place + 1
    first.item = "threshold-9"
    first.save(force_insert=True)
    (found,) = _of_plan(officer)
    assert found.rule.is_wish is False


def test_a_plan_that_is_not_published_rules_nothing(officer: Account, ready: PlanVersion) -> None:
    assert not _of_plan(officer)


def test_a_cut_off_that_is_no_rule_is_shown_with_the_reason(officer: Account, published: PlanVersion) -> None:
    PublishedThreshold.objects.update(quantity="建筑面积", unit="m2")
    rules, over = rules_in_force(sight(officer, Action.LEDGER_EDIT), the_office().place, 2026)
    assert all(rule.origin == "book" for rule in rules)
    assert [each.why for each in over] == [WhyNot.OTHER_QUANTITY]
