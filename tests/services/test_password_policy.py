"""Which passwords are good, and when one is too old."""

from __future__ import annotations

import random
import string
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from administrators import person, security_administrator
from office import the_office
from shuiheng.adapters.records.models import Account, Role
from shuiheng.adapters.rulebook.sign_in_policy import weak_words
from shuiheng.services import password_policy
from shuiheng.services.password_policy import (
    faults_of,
    is_unused,
    names_of,
    needs_new_password,
    rules_for,
    unpredictable,
)

pytestmark = pytest.mark.django_db
PROFILES = ("djbh", "asvs")


@pytest.fixture
def li(db: None) -> Account:
    account = person("lixiaogang", None, Role.OFFICE_CLERK)
    account.display_name, account.phone = "李小刚", "13812345678"
    account.save()
    return account


def _codes(password: str, account: Account) -> set[str]:
    return {fault.code.removeprefix("accounts.password_") for fault in faults_of(password, account)}


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("Xk7#vQm2w", {"length"}),
        ("Xk7#vQm2wp", set()),
        ("xk7vqm2wpz", {"classes"}),
        ("password123", {"classes", "common"}),
        ("Qinghe@2026", {"predictable"}),
        ("Qingheshi#2026!", {"predictable"}),
        ("Jieshuiban@1234", {"predictable"}),
        ("J1eshu1ban@888", {"predictable"}),
        ("LiXiaoGang#2024", {"predictable"}),
        ("lxg13812345678A!", {"predictable"}),
        ("Qwertyuiop123!", {"predictable"}),
        ("P@ssw0rd2026!", {"predictable"}),
        ("Aaaaaaaa1111!!!!", {"predictable"}),
        ("Admin@20260101", {"predictable"}),
        ("x" * 200 + "A1!", {"length", "predictable"}),
    ],
)
def test_a_password_is_judged_by_what_is_left_of_it(li: Account, password: str, codes: set[str]) -> None:
    assert _codes(password, li) == codes


def test_the_other_profile_asks_for_length_and_not_for_sorts(li: Account, settings: Settings) -> None:
    settings.SIGN_IN_POLICY = "asvs"
    assert _codes("xk7vqm2wpz", li) == {"length"}
    assert _codes("xkvqmwpzrtnb", li) == set()


def test_names_of_person_unit_and_place_are_known_in_pinyin(li: Account) -> None:
    names = names_of(li)
    assert {"lixiaogang", "lxg", "jieyueyongshuibangongshi", "qingheshi", "qinghe", "13812345678"} <= names


@pytest.mark.any_database("arithmetic over words")
@pytest.mark.parametrize("profile", PROFILES)
def test_no_weak_password_of_ten_thousand_is_accepted(
    li: Account, settings: Settings, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    settings.SIGN_IN_POLICY = profile
    names = names_of(li)
    monkeypatch.setattr(password_policy, "names_of", lambda _account: names)
    chance = random.Random("weak")  # noqa: S311  a repeatable choice, no secret
    words = [*weak_words(), *sorted(names)]
    ends = ["2024", "2025!", "@2026", "123", "123456", "#888", "!@#", "20260101", "@abc123", "666!", "Aa1!"]
    accepted = set()
    for _ in range(10_000):
        word = chance.choice(words)
        word = chance.choice((word, word.title(), word.upper(), word.replace("a", "@").replace("o", "0")))
        password = word + chance.choice(("", "_", "@")) + chance.choice(ends) + chance.choice(("", "!", "1"))
        if not faults_of(password, li):
            accepted.add(password)
    assert not accepted


@pytest.mark.any_database("arithmetic over words")
@pytest.mark.parametrize("profile", PROFILES)
def test_no_random_password_of_a_thousand_is_refused(
    li: Account, settings: Settings, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    settings.SIGN_IN_POLICY = profile
    names = names_of(li)
    monkeypatch.setattr(password_policy, "names_of", lambda _account: names)
    letters = string.ascii_letters + string.digits + "#%&*-_=+?"
    refused = set()
    # one in some thousands holds a word by chance; these do not
    chance = random.Random(20_260_501)  # noqa: S311  no secrets
    for _ in range(1_000):
        tail = "".join(chance.choice(letters) for _ in range(13))
        password = f"{chance.choice('ghkm')}{chance.choice('PRTW')}{chance.choice('3579')}{tail}"
        if faults_of(password, li):
            refused.add(password)
    assert not refused


@given(st.text(max_size=60), st.lists(st.text(min_size=3, max_size=12), max_size=4))
def test_what_is_left_of_any_text_is_no_longer_and_the_search_ends(text: str, names: list[str]) -> None:
    assert len(unpredictable(text, names)) <= len(text.lower())


def test_a_password_of_a_clerk_lasts_180_days_and_an_administrators_90(li: Account) -> None:
    chief = security_administrator()
    for account, days in ((li, 180), (chief, 90)):
        account.password_changed_at = timezone.now() - timedelta(days=days) + timedelta(minutes=1)
        assert not needs_new_password(account)
        account.password_changed_at -= timedelta(minutes=2)
        assert needs_new_password(account)


def test_a_first_password_must_be_changed_at_once(li: Account) -> None:
    li.must_change_password = True
    assert needs_new_password(li)


def test_who_holds_two_roles_is_bound_by_the_stricter_rule(li: Account, settings: Settings) -> None:
    assert (rules_for(li).idle_minutes, rules_for(security_administrator()).idle_minutes) == (30, 15)
    filer = person("filer", the_office(), Role.SUPPLIER)
    assert not rules_for(filer).needs_second_factor
    both = person("both", the_office(), Role.SUPPLIER, Role.READER)
    assert rules_for(both).needs_second_factor
    settings.SIGN_IN_POLICY = "demo"
    assert not rules_for(both).needs_second_factor


@pytest.mark.parametrize(("days", "unused"), [(89, False), (91, True)])
def test_an_account_is_unused_after_90_days(li: Account, days: int, unused: bool) -> None:
    li.date_joined = li.last_login = timezone.now() - timedelta(days=days)
    assert is_unused(li) is unused
