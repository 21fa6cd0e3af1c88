"""By which words the columns, units and marks of interval files are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry

FILE = "metering/csv_columns.yaml"
ROLES = ("meter_number", "read_at", "read_on", "read_clock", "register", "flow", "battery", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvColumns:
    """Words of interval files.

    Args:
        words: Role of a column to the words that name it.
        instead: Role to the words that name it only where none of `words` stands.
        volume_units: Unit to its litres.
        flow_units: Unit to its litres per hour.
        missing: What a cell holds when there is no value.
        totals: What a row begins with when it sums up others.
    """

    words: Mapping[str, frozenset[str]]
    instead: Mapping[str, frozenset[str]]
    volume_units: Mapping[str, Decimal]
    flow_units: Mapping[str, Decimal]
    missing: frozenset[str]
    totals: frozenset[str]


@cache
def csv_columns() -> CsvColumns:
    """Return the words that the program ships.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_csv_columns(rulebook_folder())


def read_csv_columns(folder: Traversable) -> CsvColumns:
    """Return the words of the file below a folder."""
    entry = read_file(folder, FILE)
    entry.only("columns", "volume_units", "flow_units", "missing", "totals")
    columns = entry.at("columns")
    columns.only(*ROLES)
    seen: dict[str, str] = {}
    kinds: dict[str, dict[str, frozenset[str]]] = {"words": {}, "instead": {}}
    for role in ROLES:
        columns.take(role, dict)
        columns.at(role).only(*kinds)
        for kind, found in kinds.items():
            found[role] = _once(columns.at(role), kind, role, seen)
    return CsvColumns(
        words=MappingProxyType(kinds["words"]),
        instead=MappingProxyType(kinds["instead"]),
        volume_units=_units(entry, "volume_units"),
        flow_units=_units(entry, "flow_units"),
        missing=frozenset(entry.words("missing")),
        totals=frozenset(entry.words("totals")),
    )


def _once(column: Entry, kind: str, role: str, seen: dict[str, str]) -> frozenset[str]:
    """Return the words of one list; a word that names two columns names none."""
    for word in column.words(kind):
        if word in seen:
            raise column.refuse(f"`{word}` names {seen[word]} and {role}", "Leave it in one place.")
        seen[word] = role
    return frozenset(column.words(kind))


def _units(entry: Entry, name: str) -> Mapping[str, Decimal]:
    units = {unit: entry.at(name).number(unit) for unit in entry.take(name, dict)}
    for unit, factor in units.items():
        if factor <= 0:
            raise entry.at(name).at(unit).refuse(f"`{unit}` has no positive factor", "Mend it.")
    return MappingProxyType(units)
