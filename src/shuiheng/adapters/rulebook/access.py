"""Roles, what each may do and how far it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "access/roles.yaml"


class Reach(StrEnum):
    """How far a right reaches, the widest first."""

    SYSTEM = "system"
    CITY = "city"
    AREA = "area"
    SUPPLIED = "supplied"
    INVOLVED = "involved"
    UNIT = "unit"
    SELF = "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleRule:
    """A role.

    Args:
        name: Name in `zh` and `en`.
        group: `business` or `administration`; an administrator holds no other role.
        reaches: Action to reach; what is not listed is not allowed.
    """

    name: Mapping[str, str]
    group: str
    reaches: Mapping[str, Reach]


@cache
def role_rules() -> Mapping[str, RoleRule]:
    """Return every role by its id.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), FILE)
    entry.only("roles")
    roles = entry.take("roles", dict)
    return MappingProxyType({role: _rule(entry.at("roles").at(role)) for role in roles})


def _rule(entry: Entry) -> RoleRule:
    entry.only("zh", "en", "group", "may")
    group = entry.take("group", str)
    if group not in ("business", "administration"):
        raise entry.refuse(f"`{group}` is no group", "Write business or administration.")
    reaches = {}
    for action, reach in entry.take("may", dict).items():
        if reach not in tuple(Reach):
            raise entry.refuse(f"`{reach}` of {action} is no reach", "See the head of the file.")
        reaches[action] = Reach(reach)
    names = {language: entry.take(language, str) for language in ("zh", "en")}
    return RoleRule(name=MappingProxyType(names), group=group, reaches=MappingProxyType(reaches))
