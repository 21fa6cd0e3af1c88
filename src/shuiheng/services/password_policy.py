"""Which profile holds, what it asks of an account, and what is wrong with a password."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils import timezone

from shuiheng.adapters.records.models import Account
from shuiheng.adapters.rulebook.sign_in_policy import (
    GroupPolicy,
    SignInPolicy,
    role_groups,
    sign_in_policies,
    weak_words,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import memberships_of
from shuiheng.services.pinyin import first_letters_of, syllables_of

LONGEST = 128
SHORTEST_NAME = 3
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "!@#$%^&*()")
SHORTEST_ROW = 3
LOOKS_LIKE = str.maketrans("@430!1$5+7", "aaeoiisstt")
YEAR_OR_DAY = re.compile(r"(?:19|20)\d{2}(?:[-./]?\d{1,2}[-./]?\d{1,2})?")
REPEAT = re.compile(r"(.)\1{2,}")
CLASSES = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"[0-9]"), re.compile(r"[^a-zA-Z0-9]"))


def active_policy() -> SignInPolicy:
    """Return the profile that the settings choose."""
    return sign_in_policies()[settings.SIGN_IN_POLICY]


def rules_for(account: Account) -> GroupPolicy:
    """Return what the profile asks of an account: the strictest of the groups of its roles."""
    groups = {role_groups().get(each.role, "staff") for each in memberships_of(account)} or {"staff"}
    rules = [active_policy().by_group[group] for group in groups]
    expiries = [rule.expiry_days for rule in rules if rule.expiry_days is not None]
    return GroupPolicy(
        expiry_days=min(expiries, default=None),
        idle_minutes=min(rule.idle_minutes for rule in rules),
        needs_second_factor=any(rule.needs_second_factor for rule in rules),
    )


def needs_new_password(account: Account) -> bool:
    """Return whether an account must choose a password before it goes on: a first or an old one."""
    if account.must_change_password:
        return True
    days = rules_for(account).expiry_days
    changed = account.password_changed_at or account.date_joined
    return days is not None and timezone.now() - changed > timedelta(days=days)


def is_unused(account: Account) -> bool:
    """Return whether an account was not used for longer than the profile allows."""
    days = active_policy().unused_days
    last = max(filter(None, (account.last_login, account.date_joined)))
    return days is not None and timezone.now() - last > timedelta(days=days)


def faults_of(password: str, account: Account) -> Sequence[ServiceError]:
    """Return what is wrong with a password for an account; nothing when it is good.

    A password is good when enough of it is left after everything has been taken off that a
    guesser tries first: names of the person and unit in Latin letters, weak words, years and
    days, rows of the keyboard, repeats.
    """
    policy = active_policy()
    faults = []
    if not policy.min_length <= len(password) <= LONGEST:
        faults.append(ServiceError("accounts.password_length", least=str(policy.min_length)))
    if sum(1 for sort in CLASSES if sort.search(password)) < policy.classes:
        faults.append(ServiceError("accounts.password_classes", count=str(policy.classes)))
    if password.lower() in _common():
        faults.append(ServiceError("accounts.password_common"))
    elif len(set(unpredictable(password, names_of(account)))) < policy.unpredictable:
        faults.append(ServiceError("accounts.password_predictable", least=str(policy.unpredictable)))
    return faults


def unpredictable(password: str, names: Iterable[str]) -> str:
    """Return what is left of a password without what a guesser tries first."""
    left = password.lower()
    for word in sorted({*names, *weak_words()}, key=len, reverse=True):
        left = _without_word(left, word)
    left = _without_rows(YEAR_OR_DAY.sub(" ", left))
    return REPEAT.sub(r"\1", left).replace(" ", "")


def names_of(account: Account) -> frozenset[str]:
    """Return the names of an account, its person, units and places, as they are typed on a keyboard."""
    chinese = [account.display_name]
    for each in memberships_of(account):
        chinese += [each.organisation.name, each.organisation.short_name, each.organisation.place.name]
    found = {account.username.lower(), account.phone, account.email.lower().partition("@")[0]}
    for name in filter(None, chinese):
        found |= _spellings(name)
    return frozenset(name for name in found if len(name) >= SHORTEST_NAME)


def _spellings(name: str) -> set[str]:
    """Return a Chinese name in pinyin, whole, without its last syllable, by two, and as initials."""
    syllables = syllables_of(name)
    initials = "".join(first_letters_of(name))
    pairs = {"".join(syllables[place : place + 2]) for place in range(len(syllables) - 1)}
    return {"".join(syllables), "".join(syllables[:-1]), initials, *pairs, name.lower()}


def _without_word(text: str, word: str) -> str:
    """Return the text without a word, also where signs stand for letters that they look like."""
    plain = word.translate(LOOKS_LIKE)
    at = text.translate(LOOKS_LIKE).find(plain)
    while at >= 0:
        text = f"{text[:at]} {text[at + len(word) :]}"
        at = text.translate(LOOKS_LIKE).find(plain)
    return text


def _without_rows(text: str) -> str:
    """Return the text without neighbours on a keyboard or in the alphabet, forwards and backwards."""
    for row in ROWS:
        for line in (row, row[::-1]):
            for length in range(len(line), SHORTEST_ROW - 1, -1):
                for start in range(len(line) - length + 1):
                    text = text.replace(line[start : start + length], " ")
    return text


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
