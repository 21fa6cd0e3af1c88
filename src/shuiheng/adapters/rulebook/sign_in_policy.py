"""How people sign in: what passwords, sessions, second factors and lockouts must be, by profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.sources import check_checked, read_sources
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "policies/password.yaml"
PEOPLE_FILE = "policies/people.yaml"
WORDS_FILE = "policies/weak_words.yaml"
GROUPS = ("staff", "enterprise", "privileged")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPolicy:
    """What holds for one group of roles; None as `expiry_days` is a password that does not expire."""

    expiry_days: int | None
    idle_minutes: int
    needs_second_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lockout:
    """How failed attempts are answered.

    Args:
        free: Failures of one account from one address that cost nothing.
        lock_after: Failures after which the pair is locked.
        lock_minutes: For how long it is locked, from the last failure.
        free_by_address: Failures from one address, whatever the account, that cost nothing.
        longest_wait_seconds: The wait doubles with each failure up to this.
    """

    free: int
    lock_after: int
    lock_minutes: int
    free_by_address: int
    longest_wait_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPolicy:
    """One profile.

    Args:
        id: Name of the profile, as in SHUIHENG_POLICY.
        name: Name in `zh` and `en`.
        min_length: Fewest characters of a password.
        classes: How many of lower case, upper case, digits, others it must hold.
        unpredictable: Characters that must be left without names, words, days and rows.
        is_first_temporary: Whether a password that a command prints must be changed at sign-in.
        absolute_hours: Longest life of a session.
        unused_days: An account not used for so long is frozen; None never.
        lockout: How failed attempts are answered.
        by_group: What differs by group of roles: `staff`, `enterprise`, `privileged`.
    """

    id: str
    name: Mapping[str, str]
    min_length: int
    classes: int
    unpredictable: int
    is_first_temporary: bool
    absolute_hours: int
    unused_days: int | None
    lockout: Lockout
    by_group: Mapping[str, GroupPolicy]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPolicy:
    """How one-time links for units without an account work."""

    days: int
    wrong_codes: int
    code_characters: int


@cache
def sign_in_policies() -> Mapping[str, SignInPolicy]:
    """Return every profile by its id.

    Raises:
        RulebookError: The file breaks a rule, or names a source that is not there.
    """
    return read_policies(rulebook_folder())


def read_policies(folder: Traversable) -> Mapping[str, SignInPolicy]:
    """Return the profiles of the file below a folder."""
    entry = _file(folder)
    known = {source.id for source in read_sources(folder)}
    profiles = entry.at("profiles")
    return MappingProxyType(
        {name: _profile(name, profiles.at(name), known) for name in entry.take("profiles", dict)}
    )


@cache
def role_groups() -> Mapping[str, str]:
    """Return the group of each role that is not `staff`."""
    entry = _file(rulebook_folder()).at("groups")
    entry.only(*GROUPS)
    return MappingProxyType({role: group for group in entry.itself(dict) for role in entry.words(group)})


@cache
def link_policy() -> LinkPolicy:
    """Return how one-time links work."""
    entry = _file(rulebook_folder()).at("links")
    entry.only("days", "wrong_codes", "code_characters", "reason")
    entry.take("reason", str)
    return LinkPolicy(
        days=entry.take("days", int),
        wrong_codes=entry.take("wrong_codes", int),
        code_characters=entry.take("code_characters", int),
    )


@cache
def roles_by_kind() -> Mapping[str, tuple[str, ...]]:
    """Return which roles people of a unit may hold, by the kind of the unit."""
    entry = read_file(rulebook_folder(), PEOPLE_FILE)
    entry.only("roles_by_kind")
    kinds = entry.at("roles_by_kind")
    return MappingProxyType({kind: kinds.words(kind) for kind in kinds.itself(dict)})


@cache
def weak_words() -> tuple[str, ...]:
    """Return the words that a guesser tries first, the longest first."""
    entry = read_file(rulebook_folder(), WORDS_FILE)
    entry.only("words")
    return tuple(sorted(set(entry.words("words")), key=lambda word: (-len(word), word)))


def _file(folder: Traversable) -> Entry:
    entry = read_file(folder, FILE)
    entry.only("groups", "profiles", "links", "checked")
    check_checked(entry)
    return entry


def _profile(name: str, entry: Entry, sources: set[str]) -> SignInPolicy:
    entry.only(
        "zh", "en", "source", "at", "reason", "password", "session", "unused_days", "lockout", "by_group"
    )
    if entry.take("source", str) not in sources:
        raise entry.at("source").refuse("there is no such source", "Add its file in sources/.")
    entry.take("at", str)
    entry.take("reason", str)
    password, session = entry.at("password"), entry.at("session")
    password.only("min_length", "classes", "unpredictable", "is_first_temporary")
    session.only("absolute_hours")
    groups = entry.at("by_group")
    groups.only(*GROUPS)
    return SignInPolicy(
        id=name,
        name=MappingProxyType({language: entry.take(language, str) for language in ("zh", "en")}),
        min_length=password.take("min_length", int),
        classes=password.take("classes", int),
        unpredictable=password.take("unpredictable", int),
        is_first_temporary=password.take("is_first_temporary", bool),
        absolute_hours=session.take("absolute_hours", int),
        unused_days=entry.get("unused_days", int),
        lockout=_lockout(entry.at("lockout")),
        by_group=MappingProxyType({group: _group(groups.at(group)) for group in GROUPS}),
    )


def _group(entry: Entry) -> GroupPolicy:
    entry.only("expiry_days", "idle_minutes", "needs_second_factor")
    return GroupPolicy(
        expiry_days=entry.get("expiry_days", int),
        idle_minutes=entry.take("idle_minutes", int),
        needs_second_factor=entry.take("needs_second_factor", bool),
    )


def _lockout(entry: Entry) -> Lockout:
    names = ("free", "lock_after", "lock_minutes", "free_by_address", "longest_wait_seconds")
    entry.only(*names)
    return Lockout(**{name: entry.take(name, int) for name in names})
