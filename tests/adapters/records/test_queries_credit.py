"""The list of credit records: who sees which, by state as it is today."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.awards.made_up import city  # noqa: F401  used by name
from services.credit.made_up import BAD, GOOD, City, noted, shown, use_terms
from shuiheng.adapters.records.models import Account, CreditRecord
from shuiheng.adapters.records.queries_credit import (
    CreditFilter,
    credit_counts,
    credit_list,
    one_credit,
    requests_of,
    unit_in_sight,
    units_found,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.credit.ask_credit import object_to_credit
from shuiheng.services.credit.keep_credit import record_credit
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _seen(account: Account) -> Sight:
    return sight(account, Action.CREDIT_LOOK)


def _items(account: Account, **wanted: object) -> list[str]:
    found = credit_list(_seen(account), CreditFilter(**wanted), timezone.localdate())  # type: ignore[arg-type]
    return sorted(row.organisation.name for row in found)


def test_a_unit_sees_its_own_and_not_what_nobody_told(
    city: City,  # noqa: F811  the fixture
) -> None:
    here, there = city.user("甲厂"), city.user("乙厂")
    proposed = record_credit(city.clerk, here.organisation_id, BAD)
    told, other = noted(city, here), noted(city, there)
    own = _seen(city.filer(here))
    assert one_credit(own, told.pk) == told
    assert one_credit(own, proposed.pk) is None and one_credit(own, other.pk) is None
    assert unit_in_sight(own, there.organisation_id) is None
    assert credit_counts(_seen(city.clerk), timezone.localdate())["proposed"] == 1


def test_the_list_is_filtered_by_words_kind_state_and_what_waits(
    city: City,  # noqa: F811  the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_terms(monkeypatch)
    first, second, third = (city.user(name) for name in ("甲厂", "乙厂", "丙厂"))
    over = shown(city, first)
    CreditRecord.objects.filter(pk=over.pk).update(shown_until=timezone.localdate())
    row = shown(city, second)
    object_to_credit(city.filer(second), row.pk, words="不实")
    record_credit(city.clerk, third.organisation_id, GOOD)
    office = city.clerk
    assert _items(office, state="over") == ["甲厂"]
    assert _items(office, state="shown") == ["丙厂", "乙厂"]
    assert _items(office, kind="good") == _items(office, words="领跑") == ["丙厂"]
    assert _items(office, has_asked=True) == ["乙厂"]
    assert [each.words for each in requests_of(_seen(office), row)] == ["不实"]
    assert credit_counts(_seen(office), timezone.localdate())["asked"] == 1
    assert [unit.name for unit in units_found(_seen(office), "甲")] == ["甲厂"]
    assert units_found(_seen(office), " ") == []
