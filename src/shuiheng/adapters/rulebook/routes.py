"""Every address of the site: the right that it needs, its methods, what its blanks name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from shuiheng.adapters.rulebook.access import role_rules
from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "access/routes.yaml"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ANYBODY, ACCOUNT = "anybody", "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRule:
    """An address.

    Args:
        needs: The action that it needs, `anybody` or `account`.
        methods: What it answers.
        blanks: For each blank of the address what it names; see the head of the file.
    """

    needs: str
    methods: frozenset[str]
    blanks: Mapping[str, str]


@cache
def route_rules() -> Mapping[str, RouteRule]:
    """Return the rule of every address by its name.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), FILE)
    entry.only("routes")
    routes = entry.take("routes", dict)
    return MappingProxyType({name: _rule(entry.at("routes").at(name)) for name in routes})


def _rule(entry: Entry) -> RouteRule:
    entry.only("needs", "methods", "blanks")
    needs = entry.take("needs", str)
    granted = {action for rule in role_rules().values() for action in rule.reaches}
    if needs not in granted | {ANYBODY, ACCOUNT}:
        raise entry.refuse(f"no role may `{needs}`", "Write an action of roles.yaml, `account` or `anybody`.")
    methods = entry.words("methods")
    if not methods or not set(methods) <= set(METHODS):
        raise entry.refuse(f"`{methods}` are no methods of a page", f"Write some of {METHODS}.")
    blanks = entry.get("blanks", dict) or {}
    return RouteRule(needs=needs, methods=frozenset(methods), blanks=MappingProxyType(dict(blanks)))
