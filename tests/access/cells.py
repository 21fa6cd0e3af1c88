"""The cells of the matrix: a role, an address, whose object it names, and a method."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from access.blanks import table_of, value
from access.rows import HEAD
from access.world import OFFICE, OTHER_UNIT, SHARED, UNIT_OF_ROLE, World
from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.models import Role
from shuiheng.adapters.rulebook import RouteRule, route_rules
from shuiheng.adapters.rulebook.routes import ANYBODY

_BLANK, _NAMED = re.compile(r"<(?:\w+:)?(\w+)>"), re.compile(r"<(\w+)>")
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE")
OWN, UNIT, CITY, NOTHING, ASKED = "own", "other unit", "other city", "nothing", "asked for"


@dataclass(frozen=True, slots=True)
class Cell:
    """One question: may this role do this, at this address, with an object of this owner."""

    role: Role
    route: str
    relation: str
    method: str


@dataclass(frozen=True)
class Address:
    """An address of the URL table: the whole path with its blanks as `<name>`, and what answers it."""

    shape: str
    blanks: frozenset[str]
    view: Callable[..., object]


@cache
def addresses() -> dict[str, Address]:
    """Return every address of the site by its name, found from the URL table."""
    return dict(_walk(get_resolver().url_patterns, "/", ""))


def _walk(found: Sequence[URLPattern | URLResolver], head: str, space: str) -> Iterator[tuple[str, Address]]:
    for each in found:
        shape = head + _BLANK.sub(r"<\1>", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, shape, "api." if each.namespace else space)
        else:
            names = frozenset(_NAMED.findall(shape))
            yield f"{space}{each.name}", Address(shape, names, each.callback)


def guarded() -> dict[str, RouteRule]:
    """Return the rules of the addresses that need somebody who is signed in."""
    known = [(name, rule) for name, rule in route_rules().items() if name in addresses()]
    return {name: rule for name, rule in known if rule.needs != ANYBODY}


def cells() -> list[Cell]:
    """Return every cell of the matrix."""
    found = []
    for name, rule in guarded().items():
        named = {table_of(blank) for blank in rule.blanks.values()} - {None}
        relations = [
            OWN,
            ASKED,
            *([CITY, NOTHING] if named else []),
            *([UNIT] if named - set(SHARED) else []),
        ]
        found += [
            Cell(role, name, relation, method)
            for role in Role
            for relation in relations
            for method in METHODS
        ]
    return found


def path(world: World, cell: Cell, relation: str | None = None) -> str:
    """Return the address of a cell, or of the same cell with another relation."""
    relation = relation or cell.relation
    own_unit = UNIT_OF_ROLE.get(cell.role, OFFICE)
    city, unit = {
        OWN: (world.own, own_unit),
        ASKED: (world.own, own_unit),
        UNIT: (world.own, OTHER_UNIT),
        CITY: (world.other, OFFICE),
        NOTHING: (None, OFFICE),
    }[relation]
    known, rule = addresses()[cell.route], route_rules()[cell.route]
    address = known.shape
    for name in known.blanks:
        address = address.replace(f"<{name}>", quote(value(rule.blanks[name], city, unit)))
    return address + (_asked(world) if relation == ASKED else "")


def _asked(world: World) -> str:
    """Return a query by which a list is asked for what belongs to the other city."""
    other = world.other
    keys = {
        "plan": other.row(tables.PlanDocument).slug,  # type: ignore[attr-defined]  # rows of many tables
        "old": f"{other.row(tables.PlanDocument).slug}:1",  # type: ignore[attr-defined]
        "q": HEAD,
    }
    of = {
        "period": tables.ReportingPeriod,
        "task": tables.RegisterTask,
        "organisation": tables.Organisation,
        "place": tables.Place,
        "key": tables.Progress,
        "city": tables.Place,
    }
    return "?" + urlencode(keys | {name: other.row(table).pk for name, table in of.items()})
