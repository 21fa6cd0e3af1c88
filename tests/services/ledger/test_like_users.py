"""Entries that may be one user are found by code and by name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import the_office
from shuiheng.adapters.records.models import Account, UserFact, WaterUser
from shuiheng.services.ledger.keep_water_user import WaterUserFields, add_water_user
from shuiheng.services.ledger.like_users import core_name, like_users, likeness
from shuiheng.services.ledger.merge_users import merge_users

FIRST = date(2025, 1, 1)


def _user(officer: Account, name: str) -> WaterUser:
    fields = WaterUserFields(name=name, district=the_office().place.pk, no_code_reason="筹建")
    return add_water_user(officer, fields, valid_from=FIRST)


@pytest.mark.django_db
def test_those_with_the_same_code_come_first_then_like_names(officer: Account) -> None:
    own, like = _user(officer, "青禾印染厂"), _user(officer, "青禾（印染）有限公司")
    same, other = _user(officer, "滨江织造厂"), _user(officer, "青禾中学")
    now = {"superseded_at": None, "valid_to": None}
    for user in (own, same):  # as an import of an older register may have brought them
        fact = user.facts.get()
        UserFact.objects.filter(pk=fact.pk).update(superseded_at=fact.recorded_at)
        columns = {
            field.attname: getattr(fact, field.attname)
            for field in fact._meta.concrete_fields
            if field.name != "id"
        }
        UserFact.objects.create(**{**columns, **now, "credit_code": "N2330282MF1234567U"})
    found = like_users(officer, own)
    assert [(each.fact.subject, each.has_same_code) for each in found] == [(same, True), (like, False)]
    assert other not in {each.fact.subject for each in found}
    merge_users(officer, own.pk, like.pk, reason="重复")
    assert [each.fact.subject for each in like_users(officer, own)] == [same]


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("青禾印染有限责任公司", "青禾印染"),
        ("青禾（印染）厂", "青禾印染"),
        ("公司", "公司"),
        ("ＡＢ厂", "AB"),
    ],
)
def test_the_legal_form_does_not_count(name: str, core: str) -> None:
    assert core_name(name) == core


@given(st.text(max_size=20), st.text(max_size=20))
def test_likeness_is_a_share_and_the_same_both_ways(first: str, second: str) -> None:
    assert 0 <= likeness(first, second) <= 1
    assert likeness(first, second) == likeness(second, first)
    if core_name(first):
        assert likeness(first, first) == 1
