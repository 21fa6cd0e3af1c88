"""What each column of each table is: its class, its purpose, its mask and how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "personal_data.yaml"


class ColumnClass(StrEnum):
    """How far what a column holds may be known."""

    OPEN = "公开"
    INTERNAL = "内部"
    SENSITIVE = "敏感"


class Mask(StrEnum):
    """How those see a value who need not know it."""

    PLAIN = "plain"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long something is kept.

    Args:
        months: After which it goes; None is kept for ever.
        at_least: Months before which it must not go.
        basis: By what.
    """

    months: int | None
    at_least: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRule:
    """A column: its class, what it is needed for, its mask, its term."""

    column_class: ColumnClass
    purpose: str
    mask: Mask
    term: Term


@cache
def column_rules() -> Mapping[tuple[str, str], ColumnRule]:
    """Return the rule of every column by the names of its table and itself.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), FILE)
    entry.only("terms", "kinds", "tables")
    terms = {name: _term(entry.at("terms").at(name)) for name in entry.take("terms", dict)}
    kinds = {name: _kind(entry.at("kinds").at(name), terms) for name in entry.take("kinds", dict)}
    found: dict[tuple[str, str], ColumnRule] = {}
    for table in entry.take("tables", dict):
        columns = entry.at("tables").at(table)
        columns.only(*kinds)
        for kind in columns.itself(dict):
            for column in columns.words(kind):
                if (table, column) in found:
                    raise columns.refuse(f"{table}.{column} stands twice", "Leave one line.")
                found[table, column] = kinds[kind]
    return MappingProxyType(found)


def _term(entry: Entry) -> Term:
    entry.only("months", "after", "at_least", "basis")
    months, at_least = entry.get("months", int), entry.get("at_least", int) or 0
    if months is not None and months < at_least:
        raise entry.refuse("the term is shorter than it may be", "Write more months.")
    return Term(months=months, at_least=at_least, basis=entry.take("basis", str))


def _kind(entry: Entry, terms: Mapping[str, Term]) -> ColumnRule:
    entry.only("class", "purpose", "mask", "kept")
    named = {"class": tuple(ColumnClass), "mask": tuple(Mask), "kept": tuple(terms)}
    for field, allowed in named.items():
        if entry.take(field, str) not in allowed:
            raise entry.at(field).refuse(f"unknown {field}", f"Write one of {', '.join(allowed)}.")
    return ColumnRule(
        column_class=ColumnClass(entry.take("class", str)),
        purpose=entry.take("purpose", str),
        mask=Mask(entry.take("mask", str)),
        term=terms[entry.take("kept", str)],
    )
